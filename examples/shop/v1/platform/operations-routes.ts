import { runChecks } from './health.ts';
import type { Check } from './health.ts';
import type { Metrics } from './metrics.ts';
import type { Phase } from './phase.ts';
import { json, text } from './reply.ts';
import type { Route } from './route.ts';

export interface Operations {
  readonly service: string;
  readonly release: string;
  readonly phase: Phase;
  readonly metrics: Metrics;
  /** Everything the service needs to do its work well. */
  readonly health: readonly Check[];
  /** What it needs to take requests at all. Other services are left out: one that is down must not take all down. */
  readonly readiness: readonly Check[];
}

/** The routes that the platform reads: health, readiness, metrics and version. */
export function operationsRoutes(operations: Operations): readonly Route[] {
  const { service, release, phase, metrics, health, readiness } = operations;
  return [
    {
      method: 'GET',
      pattern: '/healthz',
      handle: async () => {
        const report = await runChecks(health);
        const unhealthy = Object.entries(report.checks).filter(([, check]) => !check.isHealthy);
        return json(report.isHealthy ? 200 : 503, {
          service,
          release,
          status: report.isHealthy ? 'healthy' : 'unhealthy',
          ...(report.isHealthy
            ? {}
            : { reason: unhealthy.map(([name, { message }]) => `${name}: ${message}`).join('; ') }),
          checks: report.checks,
        });
      },
    },
    {
      method: 'GET',
      pattern: '/readyz',
      handle: async () => {
        if (phase.current !== 'serving') return json(503, { service, release, status: phase.current });
        const report = await runChecks(readiness);
        return json(report.isHealthy ? 200 : 503, {
          service,
          release,
          status: report.isHealthy ? 'ready' : 'not ready',
          checks: report.checks,
        });
      },
    },
    {
      method: 'GET',
      pattern: '/metrics',
      handle: () => text(200, 'text/plain; version=0.0.4', metrics.render()),
    },
    { method: 'GET', pattern: '/version', handle: () => json(200, { service, release }) },
  ];
}
