import { z } from 'zod';
import { addBuckets, type Buckets } from '../histogram.ts';

const seconds = z.number().nonnegative();
const count = z.int().nonnegative();

/** What one service did in a short time, as the local platform saw it; older ones are merged into longer times. */
export const sampleSchema = z.strictObject({
  /** The end of the time, by the machine's clock. */
  at: z.iso.datetime(),
  /** From its beginning to its end, by a clock that does not jump. */
  seconds: z.number().positive(),
  watchedSeconds: seconds,
  readySeconds: seconds,
  /** The longest time within it that nobody watched. */
  gapSeconds: seconds.default(0),
  /** How long of it the service's own metrics could be read. */
  countedSeconds: seconds,
  requests: count,
  failed: count,
  /** Requests answered within each bound, in seconds; `null`: whatever they took. */
  buckets: z.array(z.tuple([z.number().nullable(), count])).default([]),
  restarts: count,
  residentBytes: count.optional(),
  cpuSeconds: seconds.optional(),
});
export type Sample = z.infer<typeof sampleSchema>;

export function endOf(sample: Sample): number {
  return Date.parse(sample.at);
}

export function beginOf(sample: Sample): number {
  return endOf(sample) - sample.seconds * 1000;
}

export function bucketsOf({ buckets }: Sample): Buckets {
  return new Map(buckets.map(([bound, many]) => [bound ?? Number.POSITIVE_INFINITY, many]));
}

export function storedBuckets(buckets: Buckets): Sample['buckets'] {
  return [...buckets]
    .sort(([left], [right]) => left - right)
    .map(([bound, many]) => [bound === Number.POSITIVE_INFINITY ? null : bound, many]);
}

/** One sample over the time of several. @param samples in the order of time, at least one. */
export function mergeSamples(samples: readonly [Sample, ...Sample[]]): Sample {
  const [first, ...others] = samples;
  if (others.length === 0) return first;
  const last = samples.at(-1) ?? first;
  const sum = (of: (sample: Sample) => number): number => samples.reduce((total, sample) => total + of(sample), 0);
  const gaps = samples.map((sample, index) => {
    const previous = samples[index - 1];
    const before = previous === undefined ? 0 : (beginOf(sample) - endOf(previous)) / 1000;
    return Math.max(before, sample.gapSeconds);
  });
  const timed = samples.flatMap(({ cpuSeconds }) => cpuSeconds ?? []);
  const residentBytes = samples.findLast((sample) => sample.residentBytes !== undefined)?.residentBytes;
  return {
    at: last.at,
    // A clock that was set back in between must not make time run backward.
    seconds: Math.max((endOf(last) - beginOf(first)) / 1000, last.seconds),
    watchedSeconds: sum((sample) => sample.watchedSeconds),
    readySeconds: sum((sample) => sample.readySeconds),
    gapSeconds: Math.max(...gaps),
    countedSeconds: sum((sample) => sample.countedSeconds),
    requests: sum((sample) => sample.requests),
    failed: sum((sample) => sample.failed),
    buckets: storedBuckets(addBuckets(samples.map(bucketsOf))),
    restarts: sum((sample) => sample.restarts),
    ...(residentBytes === undefined ? {} : { residentBytes }),
    ...(timed.length === 0 ? {} : { cpuSeconds: timed.reduce((total, each) => total + each, 0) }),
  };
}
