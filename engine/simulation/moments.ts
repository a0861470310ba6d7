import { instantShownAs } from '../schedule/wall-time.ts';
import { ZoneClock } from '../schedule/zone-clock.ts';

const relative = /^\+(\d+(?:\.\d+)?)([smhd])$/;
const absolute = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:\d{2})?)?$/;
const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A moment that cannot be meant. */
export class MomentError extends Error {
  override readonly name = 'MomentError';
}

/** Reads the moments of a scenario by the clocks of its time zone. */
export class Moments {
  readonly #clock: ZoneClock;
  readonly #timeZone: string;

  constructor(timeZone: string) {
    this.#clock = new ZoneClock(timeZone);
    this.#timeZone = timeZone;
  }

  /**
   * @param text `2026-12-21T09:00`, with or without an offset, `2026-12-21` or, after `before`, `+24h`.
   * @throws MomentError when there is no such moment.
   */
  read(text: string, before: Date): Date {
    const span = relative.exec(text);
    if (span !== null) {
      const [, amount, unit] = span;
      return new Date(before.getTime() + Number(amount) * unitMs[unit as keyof typeof unitMs]);
    }
    const [, date, time = '00:00', offset] = absolute.exec(text) ?? [];
    const shown = Date.parse(`${date ?? ''}T${time}Z`);
    // The language takes the 30th of February for the 2nd of March.
    if (Number.isNaN(shown) || !new Date(shown).toISOString().startsWith(date ?? '')) {
      throw new MomentError(`${text} is no moment of the calendar`);
    }
    if (offset !== undefined) return new Date(`${date ?? ''}T${time}${offset}`);
    const at = instantShownAs(shown, this.#clock);
    if (at === undefined) throw new MomentError(`the clocks of ${this.#timeZone} leave ${text} out`);
    return new Date(at);
  }

  /** `2026-12-21T09:00:00+01:00`, as the clocks of the zone show it. */
  text(at: Date): string {
    const offsetMs = this.#clock.offsetMs(at.getTime());
    const shown = new Date(at.getTime() + offsetMs).toISOString().replace(/(\.000)?Z$/, '');
    if (offsetMs === 0) return `${shown}Z`;
    const minutes = Math.abs(offsetMs) / 60_000;
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'));
    return `${shown}${offsetMs < 0 ? '-' : '+'}${hours ?? ''}:${rest ?? ''}`;
  }
}
