const describedUnits = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
] as const;

/**
 * A duration as people say it, exactly: `90 s`, `30 min`, `24 h`, `7 d`. A single day is `24 h`, as rules write it. Here,
 * because the migration function says it as the engine does, and knows nothing else of it.
 */
export function describeSeconds(seconds: number): string {
  for (const [length, unit] of describedUnits) {
    const isWhole = seconds % length === 0 && seconds !== 0;
    if (isWhole && !(unit === 'd' && seconds < 2 * length)) return `${String(seconds / length)} ${unit}`;
  }
  return `${String(seconds)} s`;
}
