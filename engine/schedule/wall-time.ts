import type { ZoneClock } from './zone-clock.ts';

const dayMs = 86_400_000;

/**
 * The instant at which the clocks of a zone show a time; the first one where they show it twice.
 * @param shown as epoch milliseconds of the same date and time in UTC.
 * @returns undefined when they leave it out.
 */
export function instantShownAs(shown: number, clock: ZoneClock): number | undefined {
  const candidates = [shown - dayMs, shown + dayMs].map((near) => shown - clock.offsetMs(near));
  const right = candidates.filter((at) => at + clock.offsetMs(at) === shown);
  return right.length === 0 ? undefined : Math.min(...right);
}
