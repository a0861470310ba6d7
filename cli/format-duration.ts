import { formatDuration } from '../engine/wording/format-duration.ts';

const second = 1000;

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
