import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePrometheusText, type Sample } from '../../../engine/metrics/prometheus-text.ts';
import { conventionalTrafficMetrics, trafficBetween } from '../../../engine/metrics/service-traffic.ts';

const bounds = [0.01, 0.1, 1, Number.POSITIVE_INFINITY];

interface Request {
  readonly status: number;
  readonly seconds: number;
}

/** What a process that has answered these requests says about itself. */
function scrape(requests: readonly Request[]): readonly Sample[] {
  const statuses = [...new Set(requests.map(({ status }) => status))];
  const lines = [
    ...statuses.map(
      (status) =>
        `http_requests_total{status="${String(status)}"} ${String(requests.filter((each) => each.status === status).length)}`,
    ),
    ...bounds.map((bound) => {
      const le = bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound);
      const count = requests.filter(({ seconds }) => seconds <= bound).length;
      return `http_request_duration_seconds_bucket{le="${le}"} ${String(count)}`;
    }),
  ];
  return parsePrometheusText(lines.join('\n'));
}

const requests = fc.array(
  fc.record({
    status: fc.constantFrom(200, 201, 404, 500, 503),
    seconds: fc.double({ min: 0, max: 2, noNaN: true }),
  }),
  { maxLength: 60 },
);

function errorsOf(answered: readonly Request[]): number {
  return answered.filter(({ status }) => status >= 500).length;
}

describe('the traffic between two scrapes', () => {
  it('is that of the requests in between', () => {
    fc.assert(
      fc.property(requests, requests, (before, between) => {
        const traffic = trafficBetween(scrape(before), scrape([...before, ...between]));
        expect(traffic.requests).toBe(between.length);
        expect(traffic.errors).toBe(errorsOf(between));
        expect(traffic.errorRate).toBe(between.length === 0 ? undefined : errorsOf(between) / between.length);
      }),
    );
  });

  it('has a 95th percentile within the bucket that holds the true one', () => {
    fc.assert(
      fc.property(requests, requests, (before, between) => {
        fc.pre(between.length > 0);
        const { p95Seconds } = trafficBetween(scrape(before), scrape([...before, ...between]));
        const sorted = between.map(({ seconds }) => seconds).sort((left, right) => left - right);
        const exact = sorted[Math.ceil(0.95 * sorted.length) - 1] ?? Number.NaN;
        const upper = bounds.find((bound) => exact <= bound) ?? Number.NaN;
        const lower = bounds[bounds.indexOf(upper) - 1] ?? 0;
        expect(p95Seconds).toBeGreaterThanOrEqual(lower);
        expect(p95Seconds).toBeLessThanOrEqual(upper);
      }),
    );
  });

  it('is never more than what a process counts that started in between, and never negative', () => {
    fc.assert(
      fc.property(requests, requests, (before, after) => {
        const traffic = trafficBetween(scrape(before), scrape(after));
        expect(traffic.requests).toBeGreaterThanOrEqual(0);
        expect(traffic.requests).toBeLessThanOrEqual(after.length);
        expect(traffic.errorRate ?? 0).toBeLessThanOrEqual(1);
        expect(traffic.p95Seconds ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('counts a restarted process from its beginning, the buckets that caught up as well', () => {
    const before = parsePrometheusText(
      'http_requests_total{status="200"} 100\n' +
        'http_request_duration_seconds_bucket{le="0.1"} 2\nhttp_request_duration_seconds_bucket{le="1"} 100\n',
    );
    const after = parsePrometheusText(
      'http_requests_total{status="200"} 10\n' +
        'http_request_duration_seconds_bucket{le="0.1"} 10\nhttp_request_duration_seconds_bucket{le="1"} 10\n',
    );
    const traffic = trafficBetween(before, after);
    expect(traffic).toMatchObject({ requests: 10, errors: 0, errorRate: 0 });
    expect(traffic.p95Seconds).toBeCloseTo(0.095);
  });

  it('adds up series that differ in other labels, and takes the metrics’ names as they are given', () => {
    const text = (get: number, post: number): string =>
      `served{method="GET",code="200"} ${String(get)}\nserved{method="POST",code="502"} ${String(post)}\n`;
    const metrics = {
      ...conventionalTrafficMetrics,
      requestsTotal: 'served',
      statusLabel: 'code',
      durationSeconds: 'took',
    };
    const traffic = trafficBetween(parsePrometheusText(text(5, 1)), parsePrometheusText(text(8, 2)), metrics);
    expect(traffic).toEqual({ requests: 4, errors: 1, errorRate: 0.25, p95Seconds: undefined, buckets: new Map() });
  });

  it('leaves out what platforms ask for, so that a service nobody uses has no traffic', () => {
    const text = (count: number): string =>
      ['/metrics', '/readyz', '/orders']
        .map((route) => `http_requests_total{status="200",route="${route}"} ${String(count)}\n`)
        .join('');
    const traffic = trafficBetween(parsePrometheusText(text(1)), parsePrometheusText(text(8)));
    expect(traffic.requests).toBe(7);
  });
});
