import type { EnvironmentReport, Measure, ServiceReport } from '../../../engine/promotion-service.ts';
import { afterStart } from '../../../scripts/sample-promotion.ts';

export const known = (value: number): Measure => ({ isKnown: true, value });
export const unknown = (why: string): Measure => ({ isKnown: false, why });

export function sampleService(changes: Partial<ServiceReport> = {}): ServiceReport {
  return {
    service: 'orders',
    kind: 'api',
    isCritical: true,
    digest: `sha256:${'2'.repeat(64)}`,
    release: 'v2',
    url: 'http://127.0.0.1:4000',
    health: 'healthy',
    trouble: undefined,
    responseTimeMs: known(12.4),
    requests: known(1204),
    errorRatePercent: known(0.25),
    p95Ms: known(80),
    memoryBytes: known(50_331_648),
    cpuPercent: known(1.2),
    restarts: known(0),
    ...changes,
  };
}

/** An environment in which all is well. */
export function sampleReport(changes: Partial<EnvironmentReport> = {}): EnvironmentReport {
  return {
    application: 'shop',
    environment: 'staging',
    at: afterStart(60),
    deployment: { isKnown: true, phase: 'available', message: undefined, release: 'v2' },
    services: [sampleService()],
    database: {
      isReachable: true,
      name: 'shop-staging',
      connectMs: 8.2,
      queryMs: 0.4,
      sizeBytes: 8_388_608,
      schemaVersion: 3,
      unfinished: [],
      tables: [],
    },
    alerts: { isKnown: true, open: [] },
    measuredSeconds: 300,
    ...changes,
  };
}
