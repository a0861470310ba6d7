import { metricsSnapshot } from '../../../engine/metrics/metrics-snapshot.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { MemoryMetrics, observed } from '../../support/memory-metrics.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
const { signal } = new AbortController();

describe('a snapshot of metrics', () => {
  it('asks for just now and for a day, and keeps both', async () => {
    const metrics = new MemoryMetrics();
    metrics.observations = { staging: (span) => ({ services: [observed('api', span)] }) };
    const { snapshot, problems } = await metricsSnapshot(
      { metrics },
      await new MemoryDeployment().status(),
      'staging',
      now,
      signal,
    );
    expect(problems).toEqual([]);
    expect(metrics.asked.map(({ span }) => (span.to.getTime() - span.from.getTime()) / 1000)).toEqual([900, 86_400]);
    expect(snapshot).toMatchObject({ environment: 'staging', at: now.toISOString(), deployment: { phase: 'empty' } });
  });

  it('says what is not known, each thing once, and does not hide that it was aborted', async () => {
    const metrics = new MemoryMetrics();
    metrics.observe = () => Promise.reject(new Error('no such file'));
    const status = await new MemoryDeployment().status();
    const { snapshot, problems } = await metricsSnapshot({ metrics }, status, 'staging', now, signal);
    expect(snapshot).toMatchObject({ lastDay: { unknown: 'no such file' }, alerts: { alerts: [] } });
    expect(problems).toEqual([
      'the metrics (lastFifteenMinutes) of staging cannot be read: no such file',
      'the metrics (lastDay) of staging cannot be read: no such file',
    ]);
    const aborted = AbortSignal.abort(new Error('lease lost'));
    await expect(metricsSnapshot({ metrics }, status, 'staging', now, aborted)).rejects.toThrow('lease lost');
  });
});
