import { InvalidArgumentError } from 'commander';

const unitsMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const duration = /^(\d+(?:\.\d+)?)\s*([smhdw])$/;
const timeOfDay = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;
const dateOnly = /^\d{4}-\d{2}-\d{2}$/;
const instant = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * A moment as people type it: how long ago (`2h`, `30m`, `7d`), a time of today, or of yesterday when today's has not
 * come yet (`14:05`), or a date with or without a time (`2026-11-26T14:05`); without an offset, in this machine's zone.
 * @throws InvalidArgumentError when it is none of these, or lies in the future.
 */
export function pastInstant(text: string, now: Date): Date {
  const at = readInstant(text.trim(), now, 'past');
  if (at === undefined) {
    throw new InvalidArgumentError(
      `${text} is no moment; it must be how long ago (2h, 30m, 7d), a time (14:05) or a date (2026-11-26T14:05).`,
    );
  }
  if (at > now) throw new InvalidArgumentError(`${text} lies in the future.`);
  return at;
}

/**
 * Which day a time of day was taken for, as whoever typed it has to know: `yesterday, 2026-11-26`. Undefined: the text
 * says the day itself, or how long ago it was.
 */
export function dayTaken(text: string, at: Date, now: Date): string | undefined {
  if (!timeOfDay.test(text.trim())) return undefined;
  const day = calendarDay(at);
  if (day === calendarDay(now)) return `today, ${day}`;
  return `yesterday, ${day}, since ${text.trim()} is still to come today`;
}

/** In this machine's zone. */
function calendarDay(at: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/**
 * A moment ahead as people type it: how long from now (`2h`, `7d`), a time of today, or of tomorrow when today's is over
 * (`18:00`), or a date with or without a time; without an offset, in this machine's zone.
 * @throws InvalidArgumentError when it is none of these, or is over.
 */
export function comingInstant(text: string, now: Date): Date {
  const at = plannedInstant(text, now);
  if (at <= now) throw new InvalidArgumentError(`${text} is over already.`);
  return at;
}

/** The same, where a date may be over: something that began before is said to end later. @throws InvalidArgumentError */
export function plannedInstant(text: string, now: Date): Date {
  const at = readInstant(text.trim(), now, 'coming');
  if (at === undefined) {
    throw new InvalidArgumentError(
      `${text} is no moment; it must be how long from now (2h, 30m, 7d), a time (18:00) or a date (2026-12-20T18:00).`,
    );
  }
  return at;
}

function readInstant(text: string, now: Date, direction: 'past' | 'coming'): Date | undefined {
  const span = duration.exec(text);
  if (span !== null) {
    const [, count = '', unit = ''] = span;
    const lengthMs = Number(count) * unitsMs[unit as keyof typeof unitsMs];
    return valid(new Date(now.getTime() + (direction === 'past' ? -lengthMs : lengthMs)));
  }
  const time = timeOfDay.exec(text);
  if (time !== null) {
    const [, hours, minutes, seconds = '0'] = time;
    const at = new Date(now);
    at.setHours(Number(hours), Number(minutes), Number(seconds), 0);
    // Set by the calendar, not by 24 hours: a day on which the clocks change has another length.
    if (direction === 'past' && at > now) at.setDate(at.getDate() - 1);
    if (direction === 'coming' && at <= now) at.setDate(at.getDate() + 1);
    return at;
  }
  if (!instant.test(text)) return undefined;
  // The language takes a date alone as one in UTC, and with a time as one of this machine's zone.
  return valid(new Date(dateOnly.test(text) ? `${text}T00:00` : text.replace(' ', 'T')));
}

function valid(at: Date): Date | undefined {
  return Number.isNaN(at.getTime()) ? undefined : at;
}
