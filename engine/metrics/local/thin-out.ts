import { beginOf, endOf, mergeSamples, type Sample } from './sample.ts';

/** How long samples are kept as they were taken, then minute by minute, then hour by hour. */
export interface Thinning {
  readonly wholeSeconds: number;
  readonly minutesSeconds: number;
  readonly hoursSeconds: number;
}

export const defaultThinning: Thinning = { wholeSeconds: 3600, minutesSeconds: 2 * 86_400, hoursSeconds: 92 * 86_400 };

/** Samples dated later than this from now were taken while the clock was wrong. */
const toleratedSkewSeconds = 300;

/**
 * What a history keeps: newer samples whole, older ones merged into minutes and then hours, the oldest dropped. Nothing
 * that is kept is counted differently. Thinning out what was thinned out already changes nothing.
 */
export function thinOut(
  samples: readonly Sample[],
  now: Date,
  thinning: Thinning = defaultThinning,
): readonly Sample[] {
  const age = (sample: Sample): number => (now.getTime() - endOf(sample)) / 1000;
  const groups = new Map<string, [Sample, ...Sample[]]>();
  const ordered = samples.toSorted((left, right) => endOf(left) - endOf(right));
  for (const sample of ordered) {
    if (age(sample) > thinning.hoursSeconds || age(sample) < -toleratedSkewSeconds) continue;
    const key = groupOf(sample, age(sample), thinning);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [sample]);
    else group.push(sample);
  }
  return [...groups.values()].map(mergeSamples);
}

function groupOf(sample: Sample, ageSeconds: number, { wholeSeconds, minutesSeconds }: Thinning): string {
  // By its middle: an hour that was merged before ends exactly where the next one begins.
  const middle = (beginOf(sample) + endOf(sample)) / 2;
  if (ageSeconds <= wholeSeconds) return `whole ${sample.at} ${String(sample.seconds)}`;
  if (ageSeconds <= minutesSeconds) return `minute ${String(Math.floor(middle / 60_000))}`;
  return `hour ${String(Math.floor(middle / 3_600_000))}`;
}
