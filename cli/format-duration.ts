const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Smallest first; the limit is where the next unit takes over once the number is rounded. */
const units = [
  { name: 's', milliseconds: second, limit: 60 },
  { name: 'min', milliseconds: minute, limit: 60 },
  { name: 'h', milliseconds: hour, limit: 24 },
  { name: 'd', milliseconds: day, limit: Infinity },
] as const;

/**
 * A duration to two digits, in the unit that suits it: `12 ms`, `3.1 s`, `12 min`, `2 d`. Less than nothing, which clocks
 * that disagree produce, is nothing.
 */
export function formatDuration(milliseconds: number): string {
  const known = Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : 0;
  if (known === 0) return '0 s';
  if (known < second / 10) {
    const rounded = Math.max(1, Math.round(known));
    if (rounded < second / 10) return `${String(rounded)} ms`;
  }
  for (const { name, milliseconds: size, limit } of units) {
    const number = twoDigits(Math.max(known / size, name === 's' ? 0.1 : 1));
    if (number < limit) return `${shown(number, name === 's')} ${name}`;
  }
  return `${String(Math.round(known / day))} d`;
}

/** A total that people compare with the sum of its parts: tenths of a second below a minute (`10.6 s`). */
export function formatTotal(milliseconds: number): string {
  const tenths = Math.round(milliseconds / (second / 10)) / 10;
  return tenths >= 10 && tenths < 60 ? `${tenths.toFixed(1)} s` : formatDuration(milliseconds);
}

/** How long ago, or in how long: `12 min ago`, `in 5 min`, `now`. */
export function formatAge(at: Date, now: Date): string {
  const elapsed = now.getTime() - at.getTime();
  if (Math.abs(elapsed) < second) return 'now';
  return elapsed > 0 ? `${formatDuration(elapsed)} ago` : `in ${formatDuration(-elapsed)}`;
}

function twoDigits(number: number): number {
  return number < 9.95 ? Math.round(number * 10) / 10 : Math.round(number);
}

/** Seconds keep their tenth so that a column of them lines up; larger units lose a useless `.0`. */
function shown(number: number, keepsTenth: boolean): string {
  return keepsTenth && number < 10 ? number.toFixed(1) : String(number);
}
