import { formatDuration } from './format-duration.ts';

/** How far an instant lies from another, in words: "12 min ago", "in 2 h", "just now". */
export function relativeTo(now: Date, at: Date): string {
  const distanceMs = now.getTime() - at.getTime();
  if (Math.abs(distanceMs) < 1000) return 'just now';
  return distanceMs > 0 ? `${formatDuration(distanceMs)} ago` : `in ${formatDuration(-distanceMs)}`;
}
