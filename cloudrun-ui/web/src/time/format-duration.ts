const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * A length of time to two digits: "3.1 s", "12 min", "2 h 5 min", "2 d".
 * @param ms in milliseconds; what is negative counts as nothing.
 */
export function formatDuration(ms: number): string {
  const length = Math.max(0, ms);
  if (length < 99.5) return `${String(Math.round(length))} ms`;
  if (length < 9.95 * secondMs) return `${(length / secondMs).toFixed(1)} s`;
  if (length < 59.5 * secondMs) return `${String(Math.round(length / secondMs))} s`;
  if (length < 59.5 * minuteMs) return `${String(Math.round(length / minuteMs))} min`;
  if (length < 9.95 * hourMs) return withRest(Math.round(length / minuteMs), 60, 'h', 'min');
  if (length < 47.5 * hourMs) return `${String(Math.round(length / hourMs))} h`;
  return `${String(Math.round(length / dayMs))} d`;
}

function withRest(count: number, per: number, large: string, small: string): string {
  const rest = count % per;
  const whole = `${String(Math.floor(count / per))} ${large}`;
  return rest === 0 ? whole : `${whole} ${String(rest)} ${small}`;
}
