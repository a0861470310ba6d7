import { judgeAlerts, type AlertRules } from '../../../../engine/metrics/local/judge-alerts.ts';
import type { Sample } from '../../../../engine/metrics/local/sample.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
const sample = (endedAgo: number, more: Partial<Sample> = {}): Sample => ({
  at: ago(endedAgo).toISOString(),
  seconds: 5,
  watchedSeconds: 5,
  readySeconds: 5,
  gapSeconds: 0,
  countedSeconds: 5,
  requests: 10,
  failed: 0,
  buckets: [[null, 10]],
  restarts: 0,
  ...more,
});
const rules: AlertRules = {
  criticalServices: ['api'],
  objectives: { errorRatePercent: 1, p95Ms: 500, windowSeconds: 86_400 },
};
const judged = (samples: readonly Sample[], open: Parameters<typeof judgeAlerts>[2] = [], by = rules) =>
  judgeAlerts(new Map([['api', samples]]), by, open, now);

const fiveMinutes = (more: Partial<Sample> = {}) => Array.from({ length: 60 }, (_, index) => sample(index * 5, more));

describe('an alert about a service that is away', () => {
  const down = { readySeconds: 0, requests: 0 };
  it('is raised after 15 s, not before, and ends when it is back', () => {
    expect(judged([sample(10), sample(5, down), sample(0, down)])).toEqual([]);
    const away = judged([sample(15), sample(10, down), sample(5, down), sample(0, down)]);
    expect(away).toEqual([
      { id: 'api/down', severity: 'critical', subject: 'api', detail: 'api has not been ready for 15 s', since: now },
    ]);
    expect(judged([sample(10, down), sample(5, down), sample(0)], away)).toEqual([]);
  });

  it('is raised for critical services alone, and not for the time that nobody watched', () => {
    const samples = [sample(10, down), sample(5, down), sample(0, down)];
    expect(judged(samples, [], { ...rules, criticalServices: ['web'] })).toEqual([]);
    expect(judged([])).toEqual([]);
  });
});

describe('an alert about failing requests', () => {
  it('is critical when the budget of a month would burn within days, and a warning before', () => {
    expect(judged(fiveMinutes({ requests: 100, failed: 1 }))).toEqual([]);
    expect(judged(fiveMinutes({ requests: 100, failed: 2 }))).toMatchObject([{ severity: 'warning' }]);
    expect(judged(fiveMinutes({ requests: 100, failed: 14 }))).toMatchObject([{ severity: 'warning' }]);
    expect(judged(fiveMinutes({ requests: 100, failed: 15 }))).toMatchObject([
      { severity: 'critical', detail: 'api fails 15.00 % of its requests, allowed are 1 %' },
    ]);
  });

  it('is critical when every second request fails, however little was promised', () => {
    const by = { ...rules, objectives: { errorRatePercent: 40, windowSeconds: 60 } };
    expect(judged(fiveMinutes({ requests: 100, failed: 51 }), [], by)).toMatchObject([{ severity: 'critical' }]);
  });

  it('ends soon after the trouble does', () => {
    const over = Array.from({ length: 60 }, (_, index) => sample(index * 5, { failed: index > 12 ? 9 : 0 }));
    expect(judged(over)).toEqual([]);
  });

  it('needs enough requests, and a promise', () => {
    expect(judged([sample(0, { requests: 19, failed: 19 })])).toEqual([]);
    expect(judged([sample(0, { requests: 20, failed: 20 })])).toHaveLength(1);
    expect(judged([sample(0, { requests: 20, failed: 20 })], [], { ...rules, objectives: undefined })).toEqual([]);
  });
});

it('warns of slow answers', () => {
  const slow = fiveMinutes({ buckets: [[0.5, 5], [1, 10], [null, 10]] }); // prettier-ignore
  expect(judged(slow)).toMatchObject([{ id: 'api/slow', severity: 'warning' }]);
});

it('an alert keeps its beginning while it is open, and one that gets worse begins anew', () => {
  const warned = judged(fiveMinutes({ requests: 100, failed: 5 })).map((alert) => ({ ...alert, since: ago(600) }));
  expect(judged(fiveMinutes({ requests: 100, failed: 6 }), warned)).toMatchObject([{ since: ago(600) }]);
  expect(judged(fiveMinutes({ requests: 100, failed: 60 }), warned)).toMatchObject([
    { severity: 'critical', since: now },
  ]);
});
