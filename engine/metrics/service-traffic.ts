import type { Sample } from './prometheus-text.ts';

/** Which metrics of a service tell of its requests. */
export interface TrafficMetrics {
  /** A counter with one series per status. */
  readonly requestsTotal: string;
  /** The label of that counter that holds the HTTP status. */
  readonly statusLabel: string;
  /** A histogram in seconds, without `_bucket`. */
  readonly durationSeconds: string;
}

export const conventionalTrafficMetrics: TrafficMetrics = {
  requestsTotal: 'http_requests_total',
  statusLabel: 'status',
  durationSeconds: 'http_request_duration_seconds',
};

/** What happened between two scrapes. */
export interface ServiceTraffic {
  readonly requests: number;
  /** Requests answered with a status of 500 or above. */
  readonly errors: number;
  /** 0 to 1; undefined when there was no request. */
  readonly errorRate: number | undefined;
  /** The time within which 95 of 100 requests were answered, in seconds; undefined when nothing was measured. */
  readonly p95Seconds: number | undefined;
}

/**
 * What a service did between two of its scrapes. A counter that is lower than before belongs to a process that started
 * in between, and everything it counts happened since.
 */
export function trafficBetween(
  before: readonly Sample[],
  after: readonly Sample[],
  metrics: TrafficMetrics = conventionalTrafficMetrics,
): ServiceTraffic {
  const earlier = new Map(seriesOf(before, metrics.requestsTotal).map((sample) => [seriesKey(sample.labels), sample]));
  let requests = 0;
  let errors = 0;
  for (const { labels, value } of seriesOf(after, metrics.requestsTotal)) {
    const count = increase(earlier.get(seriesKey(labels))?.value, value);
    requests += count;
    if (/^5\d\d$|^5xx$/i.test(labels[metrics.statusLabel] ?? '')) errors += count;
  }
  return {
    requests,
    errors,
    errorRate: requests === 0 ? undefined : errors / requests,
    p95Seconds: quantile(0.95, bucketIncreases(before, after, metrics.durationSeconds)),
  };
}

/** How many observations were at or below each bound. */
type Buckets = ReadonlyMap<number, number>;

/** The increase of a histogram over all its series. */
function bucketIncreases(before: readonly Sample[], after: readonly Sample[], histogram: string): Buckets {
  const earlier = histogramSeries(before, histogram);
  const sum = new Map<number, number>();
  for (const [key, buckets] of histogramSeries(after, histogram)) {
    const previous = earlier.get(key) ?? new Map<number, number>();
    // The buckets of one series restart together: judged one by one, a slow one could have caught up already.
    const hasRestarted = [...buckets].some(([bound, count]) => count < (previous.get(bound) ?? 0));
    for (const [bound, count] of buckets) {
      const change = hasRestarted ? count : count - (previous.get(bound) ?? 0);
      sum.set(bound, (sum.get(bound) ?? 0) + change);
    }
  }
  return sum;
}

function histogramSeries(samples: readonly Sample[], histogram: string): ReadonlyMap<string, Buckets> {
  const series = new Map<string, Map<number, number>>();
  for (const { labels, value } of seriesOf(samples, `${histogram}_bucket`)) {
    const { le, ...others } = labels;
    const bound = le === undefined ? Number.NaN : Number(le.replace(/^\+?inf$/i, 'Infinity'));
    if (Number.isNaN(bound)) continue;
    const key = seriesKey(others);
    const buckets = series.get(key) ?? new Map<number, number>();
    buckets.set(bound, value);
    series.set(key, buckets);
  }
  return series;
}

/** As Prometheus does it: evenly spread within a bucket; in the last one, which has no end, its beginning. */
function quantile(share: number, increases: Buckets): number | undefined {
  const buckets = [...increases].sort(([left], [right]) => left - right);
  // Series with other bounds make the sums fall here and there; a cumulative count never does.
  let highest = 0;
  const cumulative = buckets.map(([bound, count]): readonly [number, number] => {
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

/** A counter that is no finite number tells nothing. */
function seriesOf(samples: readonly Sample[], name: string): readonly Sample[] {
  return samples.filter((sample) => sample.name === name && Number.isFinite(sample.value) && sample.value >= 0);
}

function increase(before: number | undefined, after: number): number {
  return before === undefined || after < before ? after : after - before;
}

function seriesKey(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1)));
}
