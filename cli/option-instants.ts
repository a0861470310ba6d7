import { InvalidArgumentError } from 'commander';

const unitsMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const duration = /^(\d+(?:\.\d+)?)\s*([smhdw])$/;
const timeOfDay = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;
const instant = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * A moment as people type it: how long ago (`2h`, `30m`, `7d`), a time of today, or of yesterday when today's has not
 * come yet (`14:05`), or a date with or without a time (`2026-11-26T14:05`); without an offset, in this machine's zone.
 * @throws InvalidArgumentError when it is none of these, or lies in the future.
 */
export function pastInstant(text: string, now: Date): Date {
  const at = readInstant(text.trim(), now);
  if (at === undefined || Number.isNaN(at.getTime())) {
    throw new InvalidArgumentError(
      `${text} is no moment; it must be how long ago (2h, 30m, 7d), a time (14:05) or a date (2026-11-26T14:05).`,
    );
  }
  if (at > now) throw new InvalidArgumentError(`${text} lies in the future.`);
  return at;
}

function readInstant(text: string, now: Date): Date | undefined {
  const ago = duration.exec(text);
  if (ago !== null) {
    const [, count = '', unit = ''] = ago;
    return new Date(now.getTime() - Number(count) * unitsMs[unit as keyof typeof unitsMs]);
  }
  const time = timeOfDay.exec(text);
  if (time !== null) {
    const [, hours, minutes, seconds = '0'] = time;
    const at = new Date(now);
    at.setHours(Number(hours), Number(minutes), Number(seconds), 0);
    // Set by the calendar, not by 24 hours: a day on which the clocks change has another length.
    if (at > now) at.setDate(at.getDate() - 1);
    return at;
  }
  return instant.test(text) ? new Date(text.replace(' ', 'T')) : undefined;
}
