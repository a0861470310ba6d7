import { quantile, type Buckets } from './histogram.ts';
import type { Sample } from './prometheus-text.ts';

/** Which metrics of a service tell of its requests. */
export interface TrafficMetrics {
  /** A counter with one series per status. */
  readonly requestsTotal: string;
  /** The label of that counter that holds the HTTP status. */
  readonly statusLabel: string;
  /** The label of the counter and the histogram that holds the route. */
  readonly routeLabel: string;
  /** Routes that no user asks for: what platforms probe and scrape says nothing about users, and is asked for all the time. */
  readonly operationalRoutes: readonly string[];
  /** A histogram in seconds, without `_bucket`. */
  readonly durationSeconds: string;
}

export const conventionalTrafficMetrics: TrafficMetrics = {
  requestsTotal: 'http_requests_total',
  statusLabel: 'status',
  routeLabel: 'route',
  operationalRoutes: ['/metrics', '/healthz', '/readyz', '/livez', '/health', '/ready', '/live'],
  durationSeconds: 'http_request_duration_seconds',
};

/** What users asked for between two scrapes. */
export interface ServiceTraffic {
  readonly requests: number;
  /** Requests answered with a status of 500 or above. */
  readonly errors: number;
  /** 0 to 1; undefined when there was no request. */
  readonly errorRate: number | undefined;
  /** The time within which 95 of 100 requests were answered, in seconds; undefined when nothing was measured. */
  readonly p95Seconds: number | undefined;
  /** The durations behind it, in seconds. */
  readonly buckets: Buckets;
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
  const [asked, askedBefore] = [ofUsers(after, metrics), ofUsers(before, metrics)];
  const earlier = new Map(
    seriesOf(askedBefore, metrics.requestsTotal).map((sample) => [seriesKey(sample.labels), sample]),
  );
  let requests = 0;
  let errors = 0;
  for (const { labels, value } of seriesOf(asked, metrics.requestsTotal)) {
    const count = increase(earlier.get(seriesKey(labels))?.value, value);
    requests += count;
    if (/^5\d\d$|^5xx$/i.test(labels[metrics.statusLabel] ?? '')) errors += count;
  }
  const buckets = bucketIncreases(askedBefore, asked, metrics.durationSeconds);
  return {
    requests,
    errors,
    errorRate: requests === 0 ? undefined : errors / requests,
    p95Seconds: quantile(0.95, buckets),
    buckets,
  };
}

function ofUsers(samples: readonly Sample[], { routeLabel, operationalRoutes }: TrafficMetrics): readonly Sample[] {
  return samples.filter(({ labels }) => !operationalRoutes.includes(labels[routeLabel] ?? ''));
}

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
