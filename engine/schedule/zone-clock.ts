const dayMs = 86_400_000;

/** One day of UTC, and the change of the clocks in it or at its very end; they are changed at most once a day. */
interface Day {
  readonly offsetMs: number;
  /** From here on `offsetAfterMs` holds. */
  readonly change: number | undefined;
  readonly offsetAfterMs: number;
}

/** What the clocks of one time zone of the tz database show, and when they are changed. Instants are epoch milliseconds. */
export class ZoneClock {
  readonly #format: Intl.DateTimeFormat;
  readonly #days = new Map<number, Day>();

  /** @throws RangeError when the tz database has no such zone */
  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** How far the wall clock is ahead of UTC. */
  offsetMs(at: number): number {
    const { offsetMs, change, offsetAfterMs } = this.#day(Math.floor(at / dayMs));
    return change === undefined || at < change ? offsetMs : offsetAfterMs;
  }

  /** The first instant after `after`, up to and with `until`, at which the clocks are changed; else undefined. */
  changeBetween(after: number, until: number): number | undefined {
    for (let day = Math.floor(after / dayMs); day * dayMs < until; day += 1) {
      const { change } = this.#day(day);
      if (change !== undefined && after < change && change <= until) return change;
    }
    return undefined;
  }

  #day(number: number): Day {
    const known = this.#days.get(number);
    if (known !== undefined) return known;
    const [start, end] = [number * dayMs, (number + 1) * dayMs];
    const [offsetMs, offsetAfterMs] = [this.#look(start), this.#look(end)];
    const change = offsetMs === offsetAfterMs ? undefined : this.#changeIn(start, end, offsetMs);
    const day = { offsetMs, change, offsetAfterMs };
    this.#days.set(number, day);
    return day;
  }

  /** Clocks are changed at whole seconds. */
  #changeIn(start: number, end: number, before: number): number {
    let low = start / 1000;
    let high = end / 1000;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#look(middle * 1000) === before) low = middle;
      else high = middle;
    }
    return high * 1000;
  }

  #look(at: number): number {
    const parts = new Map(this.#format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    return shown - at;
  }
}
