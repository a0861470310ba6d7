import type { Window } from '../rules/window-schema.ts';
import { ordinaryPassage, type Declarations, type FreezeOrigin, type Passage, type Schedule } from './schedule.ts';
import { OnceSpan, Spans, type Span } from './span.ts';

/** One thing that keeps a path closed at an instant. */
export type Closure =
  | { readonly kind: 'hold'; readonly reason: string; readonly until: Date | undefined }
  | {
      readonly kind: 'freeze';
      readonly name: string;
      readonly reason: string;
      readonly origin: FreezeOrigin;
      /** Undefined: it never ends. */
      readonly until: Date | undefined;
    }
  | { readonly kind: 'window'; readonly windows: readonly Window[]; readonly until: Date | undefined };

export type Openness =
  | { readonly isOpen: true }
  | {
      readonly isOpen: false;
      /** Everything that closes it at the instant, what counts most first. */
      readonly because: readonly [Closure, ...Closure[]];
      /** When all of them are over and no other has begun; undefined: not by itself. */
      readonly opensAt: Date | undefined;
    };

interface Obstacle {
  readonly span: Span;
  readonly describe: (until: Date | undefined) => Closure;
}

/** Two weekly spans that have not met in a year, with every change of the clocks in it, never do. */
const longestLookMs = 400 * 86_400_000;

/** When a path is open: in one of its windows (when it has any), and in no freeze and no hold. Pure. */
export class Calendar {
  readonly #windows: readonly Window[];
  readonly #open: readonly Span[];
  readonly #obstacles: readonly Obstacle[];

  constructor(schedule: Schedule, declarations: Declarations, passage: Passage = ordinaryPassage) {
    const spans = new Spans();
    // Windows say when ordinary promotions move; an emergency does not wait for one.
    this.#windows = passage.isHotfix ? [] : schedule.windows;
    this.#open = this.#windows.map((window) => spans.of(window));
    this.#obstacles = [...holds(schedule, declarations), ...freezes(schedule, declarations, spans, passage)];
  }

  judge(instant: Date): Openness {
    const at = instant.getTime();
    const [first, ...rest] = this.#closures(at);
    if (first === undefined) return { isOpen: true };
    return { isOpen: false, because: [first, ...rest], opensAt: dateOf(this.#opening(at)) };
  }

  /** When a path that is open closes next; undefined: not as far as anybody knows. */
  closesAt(instant: Date): Date | undefined {
    return dateOf(this.#closing(instant.getTime()));
  }

  #closures(at: number): readonly Closure[] {
    const standing = this.#obstacles.filter(({ span }) => span.contains(at));
    const closures = standing.map(({ span, describe }) => describe(dateOf(span.nextChange(at))));
    if (this.#isInWindow(at)) return closures;
    return [...closures, { kind: 'window', windows: this.#windows, until: dateOf(this.#nextWindow(at)) }];
  }

  #isInWindow(at: number): boolean {
    return this.#open.length === 0 || this.#open.some((span) => span.contains(at));
  }

  #nextWindow(at: number): number | undefined {
    return earliest(this.#open.map((span) => span.nextChange(at)));
  }

  /** From end to end of what stands in the way. */
  #opening(from: number): number | undefined {
    const last = this.#lastLook(from);
    for (let at = from; at <= last;) {
      const instant = at;
      const standing = this.#obstacles.filter(({ span }) => span.contains(instant));
      if (standing.length === 0 && this.#isInWindow(at)) return at;
      const ends = standing.map(({ span }) => span.nextChange(instant));
      if (ends.includes(undefined)) return undefined;
      const next = standing.length === 0 ? this.#nextWindow(at) : latest(ends);
      if (next === undefined) return undefined;
      at = next;
    }
    return undefined;
  }

  /** From one change to the next, until it is closed. */
  #closing(from: number): number | undefined {
    const last = this.#lastLook(from);
    const spans = [...this.#open, ...this.#obstacles.map(({ span }) => span)];
    for (let at = from; at <= last;) {
      const instant = at;
      const next = earliest(spans.map((span) => span.nextChange(instant)));
      if (next === undefined) return undefined;
      at = next;
      if (!this.#isInWindow(next) || this.#obstacles.some(({ span }) => span.contains(next))) return next;
    }
    return undefined;
  }

  #lastLook(from: number): number {
    const spans = [...this.#open, ...this.#obstacles.map(({ span }) => span)];
    return Math.max(from, ...spans.map(({ settlesAt }) => settlesAt)) + longestLookMs;
  }
}

function holds({ hold }: Schedule, declarations: Declarations): readonly Obstacle[] {
  const always = new Date(0);
  const ofRules = hold === undefined ? [] : [{ reason: hold.reason, since: always, until: optionalDate(hold.until) }];
  return [...ofRules, ...declarations.holds].map(({ reason, since, until }) => ({
    span: new OnceSpan(since, until),
    describe: () => ({ kind: 'hold', reason, until }),
  }));
}

function freezes(schedule: Schedule, declarations: Declarations, spans: Spans, passage: Passage): readonly Obstacle[] {
  const ofRules = schedule.freezes.map((freeze) => ({ ...freeze, span: spans.of(freeze) }));
  const declared = declarations.freezes.map((freeze) => ({
    ...freeze,
    origin: 'declared' as const,
    overridable: true,
    span: new OnceSpan(freeze.from, freeze.to),
  }));
  return [...ofRules, ...declared]
    .filter(({ exceptHotfix, overridable }) => {
      if (passage.isHotfix && exceptHotfix) return false;
      return !(passage.overridesFreezes && overridable);
    })
    .map(({ name, reason, origin, span }) => ({
      span,
      describe: (until) => ({ kind: 'freeze', name, reason, origin, until }),
    }));
}

function optionalDate(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}

function dateOf(at: number | undefined): Date | undefined {
  return at === undefined ? undefined : new Date(at);
}

function earliest(instants: readonly (number | undefined)[]): number | undefined {
  const known = instants.filter((instant) => instant !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function latest(instants: readonly (number | undefined)[]): number | undefined {
  const known = instants.filter((instant) => instant !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
