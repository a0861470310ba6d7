import { weekdays, type Freeze, type Window } from '../rules/window-schema.ts';
import { ZoneClock } from './zone-clock.ts';

/** A set of instants (epoch milliseconds) that goes in and out at certain ones; what begins at an instant contains it. */
export interface Span {
  contains(at: number): boolean;
  /** The first instant after `after` at which `contains` is another; undefined: never again. */
  nextChange(after: number): number | undefined;
  /** From here on it repeats itself every week, but for changes of the clocks. */
  readonly settlesAt: number;
}

/** What of a window or a freeze says when it is. */
export type SpanSetting = Pick<Extract<Window | Freeze, { kind: 'once' }>, 'kind' | 'from' | 'to'> | WeeklySetting;
type WeeklySetting = Readonly<Omit<Extract<Window, { kind: 'weekly' }>, 'days'>> & {
  readonly days: readonly (typeof weekdays)[number][];
};

export class OnceSpan implements Span {
  readonly #from: number;
  readonly #to: number;

  /** @param to exclusive; undefined: without an end. */
  constructor(from: Date, to: Date | undefined) {
    this.#from = from.getTime();
    this.#to = to === undefined ? Number.POSITIVE_INFINITY : to.getTime();
  }

  get settlesAt(): number {
    return Number.isFinite(this.#to) ? this.#to : this.#from;
  }

  contains(at: number): boolean {
    return this.#from <= at && at < this.#to;
  }

  nextChange(after: number): number | undefined {
    return [this.#from, this.#to].find((edge) => after < edge && Number.isFinite(edge));
  }
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** 1 January 1970 was a Thursday. */
const weekdayOfEpoch = weekdays.indexOf('thursday');
/** A span may lie in the hour that a change of the clocks leaves out, in two weeks of three at the very worst. */
const mostDaysUntilChange = 22;

/**
 * A span of every week as the clocks on the walls of a place show it: an instant is in it when the clock there shows a
 * time in it. So an hour that clocks leave out in spring is in none, and one that they show twice in autumn counts twice.
 */
export class WeeklySpan implements Span {
  readonly settlesAt = Number.NEGATIVE_INFINITY;
  readonly #clock: ZoneClock;
  readonly #days: ReadonlySet<number>;
  readonly #from: number;
  readonly #to: number;

  constructor({ days, from, to }: WeeklySetting, clock: ZoneClock) {
    this.#clock = clock;
    this.#days = new Set(days.map((day) => weekdays.indexOf(day)));
    this.#from = timeOfDayMs(from);
    this.#to = timeOfDayMs(to);
  }

  contains(at: number): boolean {
    const shown = at + this.#clock.offsetMs(at);
    const day = Math.floor(shown / dayMs);
    const timeOfDay = shown - day * dayMs;
    if (this.#from < this.#to) return this.#beginsOn(day) && this.#from <= timeOfDay && timeOfDay < this.#to;
    return (this.#beginsOn(day) && this.#from <= timeOfDay) || (this.#beginsOn(day - 1) && timeOfDay < this.#to);
  }

  nextChange(after: number): number | undefined {
    const isIn = this.contains(after);
    const last = after + mostDaysUntilChange * dayMs;
    for (let at = after; at < last;) {
      const edge = this.#nextEdge(at);
      // Where the clocks are changed before, they show something else by then.
      at = this.#clock.changeBetween(at, edge) ?? edge;
      if (this.contains(at) !== isIn) return at;
    }
    return undefined;
  }

  #beginsOn(day: number): boolean {
    return this.#days.has((((day + weekdayOfEpoch) % 7) + 7) % 7);
  }

  /** When the clock next shows a time at which a span may begin or end, unless it is changed before. */
  #nextEdge(at: number): number {
    const offsetMs = this.#clock.offsetMs(at);
    const shown = at + offsetMs;
    const midnight = Math.floor(shown / dayMs) * dayMs;
    const edges = [midnight + this.#from, midnight + this.#to, midnight + dayMs].filter((edge) => edge > shown);
    return Math.min(...edges) - offsetMs;
  }
}

function timeOfDayMs(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return (hours * 60 + minutes) * minuteMs;
}

/** Makes spans, with one clock for each time zone. */
export class Spans {
  readonly #clocks = new Map<string, ZoneClock>();

  of(setting: SpanSetting): Span {
    switch (setting.kind) {
      case 'once':
        return new OnceSpan(new Date(setting.from), new Date(setting.to));
      case 'weekly':
        return new WeeklySpan(setting, this.#clockOf(setting.timeZone));
    }
  }

  #clockOf(timeZone: string): ZoneClock {
    const known = this.#clocks.get(timeZone);
    if (known !== undefined) return known;
    const clock = new ZoneClock(timeZone);
    this.#clocks.set(timeZone, clock);
    return clock;
  }
}
