const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `3.1 s`, `12 min 4 s`, `3 h 20 min`, `2 d 4 h`; nothing for what has not ended. */
export function durationText(milliseconds: number | null): string {
  if (milliseconds === null) return '';
  const known = Math.max(0, milliseconds);
  if (known < minute) return `${(known / 1000).toFixed(1)} s`;
  if (known < hour) return `${whole(known / minute)} min ${whole((known % minute) / 1000)} s`;
  if (known < day) return `${whole(known / hour)} h ${whole((known % hour) / minute)} min`;
  return `${whole(known / day)} d ${whole((known % day) / hour)} h`;
}

function whole(number: number): string {
  return String(Math.floor(number));
}
