import { addBuckets, quantile } from '../histogram.ts';
import type { ServiceObservation, Span } from '../metrics-source.ts';
import { beginOf, bucketsOf, endOf, type Sample } from './sample.ts';

/** What a service's samples tell of a span of time; undefined when none lies in it. */
export function observeSamples(
  service: string,
  samples: readonly Sample[],
  { from, to }: Span,
): ServiceObservation | undefined {
  const inside = samples
    .filter((sample) => isWithin((beginOf(sample) + endOf(sample)) / 2, from, to) && endOf(sample) <= to.getTime())
    .toSorted((left, right) => endOf(left) - endOf(right));
  const last = inside.at(-1);
  if (last === undefined) return undefined;
  const sum = (of: (sample: Sample) => number): number => inside.reduce((total, sample) => total + of(sample), 0);
  const p95Seconds = quantile(0.95, addBuckets(inside.map(bucketsOf)));
  const timed = inside.filter((sample) => sample.cpuSeconds !== undefined);
  const timedSeconds = timed.reduce((total, sample) => total + sample.watchedSeconds, 0);
  const cpuSeconds = timed.reduce((total, sample) => total + (sample.cpuSeconds ?? 0), 0);
  return {
    service,
    watchedSeconds: sum((sample) => sample.watchedSeconds),
    readySeconds: sum((sample) => sample.readySeconds),
    longestGapSeconds: longestGap(inside, from, to),
    countedSeconds: sum((sample) => sample.countedSeconds),
    requests: sum((sample) => sample.requests),
    failed: sum((sample) => sample.failed),
    p95Ms: p95Seconds === undefined ? undefined : p95Seconds * 1000,
    restarts: sum((sample) => sample.restarts),
    residentBytes: inside.findLast((sample) => sample.residentBytes !== undefined)?.residentBytes,
    cpuPercent: timedSeconds > 0 ? (cpuSeconds * 100) / timedSeconds : undefined,
    lastSeenAt: new Date(last.at),
  };
}

function isWithin(moment: number, from: Date, to: Date): boolean {
  return moment > from.getTime() && moment <= to.getTime();
}

/** @param samples in the order of time. */
function longestGap(samples: readonly Sample[], from: Date, to: Date): number {
  let watchedUntil = from.getTime();
  let longest = 0;
  for (const sample of samples) {
    longest = Math.max(longest, (beginOf(sample) - watchedUntil) / 1000, sample.gapSeconds);
    watchedUntil = Math.max(watchedUntil, endOf(sample));
  }
  return Math.max(longest, (to.getTime() - watchedUntil) / 1000);
}
