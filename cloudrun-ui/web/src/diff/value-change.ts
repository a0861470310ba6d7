/** A value on one side; null: it is not there; undefined: nobody knows. */
export type SideValue = string | null | undefined;

/** One value that is another one elsewhere or later. */
export interface ValueChange {
  readonly setting: string;
  readonly before: SideValue;
  readonly after: SideValue;
}

/** One value that is the same on both sides. */
export interface SameValue {
  readonly setting: string;
  readonly value: string;
}

/** Differences as text, to be sent to somebody: a line for each side, as patches have them. */
export function diffText(changes: readonly ValueChange[], [left, right]: readonly [string, string]): string {
  const lines = changes.flatMap(({ setting, before, after }) => [
    ...(typeof before === 'string' ? [`- ${setting}: ${before}`] : []),
    ...(typeof after === 'string' ? [`+ ${setting}: ${after}`] : []),
  ]);
  return [`--- ${left}`, `+++ ${right}`, ...lines, ''].join('\n');
}
