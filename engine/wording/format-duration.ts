import { twoDigits, type Rounding } from './two-digits.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Smallest first; the limit is where the next unit takes over once the number is rounded. Two days are `2 d`, and one is
 * `24 h`, as rules write it.
 */
const units = [
  { name: 's', milliseconds: second, limit: 60 },
  { name: 'min', milliseconds: minute, limit: 60 },
  { name: 'h', milliseconds: hour, limit: 48 },
  { name: 'd', milliseconds: day, limit: Infinity },
] as const;

/**
 * A duration to two digits, in the unit that suits it: `12 ms`, `3.1 s`, `12 min`, `2 d`. Less than nothing, which clocks
 * that disagree produce, is nothing.
 * @param rounding default: nearest. What is too short for a bound is rounded down, and what is too long up.
 */
export function formatDuration(milliseconds: number, rounding: Rounding = 'nearest'): string {
  const known = Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : 0;
  if (known === 0) return '0 s';
  if (known < second / 10) {
    const whole = Math.max(1, Math.round(known));
    if (whole < second / 10) return `${String(whole)} ms`;
  }
  for (const { name, milliseconds: size, limit } of units) {
    const number = twoDigits(Math.max(known / size, name === 's' ? 0.1 : 1), rounding);
    if (number < limit) return `${shown(number, name === 's')} ${name}`;
  }
  return `${String(Math.round(known / day))} d`;
}

/** Seconds keep their tenth so that a column of them lines up; larger units lose a useless `.0`. */
function shown(number: number, keepsTenth: boolean): string {
  return keepsTenth && number < 10 ? number.toFixed(1) : String(number);
}
