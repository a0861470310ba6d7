/** How many observations were at or below each bound; the bound of the last one is infinite. */
export type Buckets = ReadonlyMap<number, number>;

/**
 * The value below which a share of the observations lies. As Prometheus does it: evenly spread within a bucket; in the
 * last one, which has no end, its beginning. Undefined when there are no observations.
 */
export function quantile(share: number, buckets: Buckets): number | undefined {
  const ordered = [...buckets].sort(([left], [right]) => left - right);
  // Series with other bounds make the sums fall here and there; a cumulative count never does.
  let highest = 0;
  const cumulative = ordered.map(([bound, count]): readonly [number, number] => {
    highest = Math.max(highest, count);
    return [bound, highest];
  });
  if (highest === 0) return undefined;
  const rank = share * highest;
  let [lowerBound, lowerCount] = [0, 0];
  for (const [bound, count] of cumulative) {
    if (count >= rank && count > lowerCount) {
      if (bound === Number.POSITIVE_INFINITY) return lowerBound;
      return lowerBound + (bound - lowerBound) * ((rank - lowerCount) / (count - lowerCount));
    }
    [lowerBound, lowerCount] = [bound, count];
  }
  return lowerBound;
}

/** The observations of several histograms together. */
export function addBuckets(all: Iterable<Buckets>): Buckets {
  const sum = new Map<number, number>();
  for (const buckets of all) {
    for (const [bound, count] of buckets) sum.set(bound, (sum.get(bound) ?? 0) + count);
  }
  return sum;
}
