import type { Side } from '../../../../cloudrun-ui/web/src/pages/compare/compare-query.ts';
import { healthOf } from '../../../../cloudrun-ui/web/src/pages/compare/health-of.ts';

type Service = Side['services'][number];
const service = (name: string, health: Service['health']): Service => ({
  service: name,
  kind: 'service',
  isCritical: true,
  release: null,
  digest: null,
  url: null,
  health,
  trouble: null,
  responseTimeMs: null,
  requests: null,
  errorRatePercent: null,
  p95Ms: null,
  memoryBytes: null,
  cpuPercent: null,
  restarts: null,
  unknown: {},
});
const alert = {
  id: 'a',
  severity: 'critical',
  subject: 'api',
  detail: 'slow',
  since: '2026-11-27T09:00:00.000Z',
} as const;
const [api, web] = [service('api', 'healthy'), service('web', 'healthy')];

describe('how an environment does', () => {
  it.each([
    [[api, web], [], 'promoted', '2 services healthy'],
    [[api, service('web', 'sick')], [], 'failed', 'web sick'],
    [[api, service('web', 'unknown')], null, 'waiting', 'web not known'],
    [[api], [alert], 'failed', '1 service healthy, 1 alert open'],
    [[], [], 'idle', 'nothing runs'],
  ] as const)('is told by its worst', (services, alerts, kind, words) => {
    const side = { services: [...services], alerts: alerts === null ? null : [...alerts] };
    expect(healthOf(side)).toEqual({ kind, words });
  });
});
