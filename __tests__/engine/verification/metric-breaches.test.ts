import { metricBreaches } from '../../../engine/verification/metric-breaches.ts';
import type { ServiceObservation, Span } from '../../../engine/metrics/metrics-source.ts';
import type { ServiceObjectives } from '../../../engine/metrics/service-objectives.ts';
import { alert, MemoryMetrics, observed } from '../../support/memory-metrics.ts';
import { now, secondsAgo } from '../gates/gate-fixture.ts';
import { withObjectives } from '../gates/watched-environments.ts';

const { signal } = new AbortController();
const since = secondsAgo(120);
const promised: ServiceObjectives = {
  availabilityPercent: 99,
  errorRatePercent: 1,
  p95Ms: 500,
  windowSeconds: 86_400,
};

/** @param more what `api` did in a span. */
async function breaches(
  more: (span: Span) => Partial<ServiceObservation>,
  objectives: ServiceObjectives | undefined = promised,
  from = since,
): Promise<readonly string[]> {
  const metrics = new MemoryMetrics();
  metrics.observations = { staging: (span) => ({ services: [observed('api', span, more(span))] }) };
  const found = await metricBreaches({ metrics }, withObjectives(objectives).target, from, now, signal);
  return found.map(({ trigger }) => trigger);
}
const isSinceDeployment = ({ from }: Span): boolean => from.getTime() === since.getTime();
const onlyNow = (more: Partial<ServiceObservation>) => (span: Span) => (isSinceDeployment(span) ? more : {});

describe('what metrics hold against a release', () => {
  it('is nothing when every promise is kept exactly', async () => {
    expect(await breaches(onlyNow({ failed: 10, p95Ms: 500, readySeconds: 118.8 }))).toEqual([]);
  });

  it.each([
    ['more failures', { failed: 11 }],
    ['slower answers', { p95Ms: 501 }],
    ['less availability', { readySeconds: 118 }],
  ])('is a broken promise: %s', async (_, more) => {
    expect(await breaches(onlyNow(more))).toEqual(['slo-violation']);
  });

  it('is not one look at which a service was not ready, soon after the deployment', async () => {
    const soon = secondsAgo(10);
    expect(
      await breaches(
        () => ({ watchedSeconds: 10, readySeconds: 8 }),
        { ...promised, errorRatePercent: undefined },
        soon,
      ),
    ).not.toContain('slo-violation');
  });

  it('is an error budget that runs out by it, and not one that had run out before', async () => {
    const budget = (before: number, after: number) =>
      breaches((span) => {
        if (isSinceDeployment(span)) return {};
        return { failed: span.to.getTime() === now.getTime() ? after : before };
      });
    expect(await budget(5, 10)).toEqual(['error-budget-breach']);
    expect(await budget(5, 9)).toEqual([]);
    expect(await budget(30, 29)).toEqual([]);
    expect(await budget(30, 31)).toEqual(['error-budget-breach']);
  });

  it('is nothing that is not known, or not promised', async () => {
    expect(await breaches(() => ({ requests: 19, failed: 19, watchedSeconds: 0 }))).toEqual([]);
    expect(await breaches(() => ({ failed: 900 }), { windowSeconds: 60 })).toEqual([]);
  });

  it('is a critical alert that was raised since, and no older or lesser one', async () => {
    const metrics = new MemoryMetrics();
    metrics.alerts = {
      staging: {
        evaluatedAt: now,
        alerts: [
          alert('old', { since: secondsAgo(121) }),
          alert('mild', { since: now, severity: 'warning' }),
          alert('new', { since }),
        ],
      },
    };
    expect(await metricBreaches({ metrics }, withObjectives().target, since, now, signal)).toEqual([
      { trigger: 'critical-alert', detail: 'critical alert: new is wrong' },
    ]);
  });
});
