export interface Distribution {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** @throws RangeError when there is nothing to describe. */
export function describe(values: readonly number[]): Distribution {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  if (lowest === undefined || highest === undefined) throw new RangeError('there is no median of nothing');
  return { median: middle.reduce((sum, each) => sum + each, 0) / middle.length, lowest, highest };
}
