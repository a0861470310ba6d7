import type { OpenAlerts } from '../../../engine/metrics/metrics-source.ts';
import { alert, MemoryMetrics } from '../../support/memory-metrics.ts';
import { judged, now, secondsAgo, verdict } from './gate-fixture.ts';

const config = { maximum: 0, environment: 'source' };
function given(dev: OpenAlerts | undefined) {
  const metrics = new MemoryMetrics();
  if (dev !== undefined) metrics.alerts = { dev };
  return { ports: { metrics }, maxAgeSeconds: 300 };
}

describe('critical alerts', () => {
  it('may be open as many as the rule says', async () => {
    const two = { evaluatedAt: now, alerts: [alert('a'), alert('b')] };
    expect(await verdict('criticalAlerts', config, given({ evaluatedAt: now, alerts: [] }))).toBe('pass');
    expect(await judged('criticalAlerts', config, given(two))).toMatchObject({
      verdict: 'fail',
      detail: 'dev has 2 critical alerts: a is wrong; b is wrong',
    });
    expect(await verdict('criticalAlerts', { ...config, maximum: 2 }, given(two))).toBe('pass');
    expect(await verdict('criticalAlerts', { ...config, maximum: 1 }, given(two))).toBe('fail');
  });

  it('are the critical ones alone', async () => {
    const warned = { evaluatedAt: now, alerts: [alert('a', { severity: 'warning' })] };
    expect(await verdict('criticalAlerts', config, given(warned))).toBe('pass');
  });

  it.each([
    ['nobody ever looked', undefined],
    ['nobody looked lately', { evaluatedAt: secondsAgo(301), alerts: [] }],
    ['the look is dated in the future', { evaluatedAt: secondsAgo(-3600), alerts: [] }],
    ['the time of the look cannot be read', { evaluatedAt: new Date(Number.NaN), alerts: [] }],
  ])('that nobody knows of are no pass: %s', async (_, dev) => {
    expect(await verdict('criticalAlerts', config, given(dev))).toBe('fail');
    expect(await verdict('criticalAlerts', config, { ...given(dev), onMissing: 'warn' })).toBe('warn');
  });

  it('are looked for where the rule says', async () => {
    const open = given({ evaluatedAt: now, alerts: [alert('a')] });
    open.ports.metrics.alerts = { ...open.ports.metrics.alerts, staging: { evaluatedAt: now, alerts: [] } };
    expect(await verdict('criticalAlerts', { ...config, environment: 'target' }, open)).toBe('pass');
  });
});
