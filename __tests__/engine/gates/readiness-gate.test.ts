import type { HealthProbe } from '../../../engine/metrics/health-probe.ts';
import { MemoryDatabase } from '../../support/memory-database.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { judged, verdict } from './gate-fixture.ts';
import { withObjectives } from './watched-environments.ts';

const { signal } = new AbortController();
const definition = withObjectives();
/** Everything is well but one check of weight 1 of 6: the answers take too long. */
async function ports(responseTimeMs: number) {
  const probe: HealthProbe = {
    probe: async (url) => ({ url, status: 200, isHealthy: true, responseTimeMs, message: undefined }),
  };
  const deployment = new MemoryDeployment();
  const services = [{ name: 'api', repository: 'api', digest: `sha256:${'a'.repeat(64)}` }];
  const desired = { application: 'shop', release: 'v2', configurationCommit: 'c', services };
  await deployment.apply('dev', desired, 0, { key: 'p:deploy', fence: 1, signal });
  return { probe, deployment, database: new MemoryDatabase() };
}

describe('readiness', () => {
  it('is ready, ready with caution, or not, by its unrounded score', async () => {
    const well = { definition, ports: await ports(10) };
    const slow = { definition, ports: await ports(9000) };
    const config = { minimumPercent: 75, readyPercent: 90 };
    expect(await judged('readiness', config, well)).toMatchObject({ verdict: 'pass', detail: 'readiness 100 %' });
    // 5 of 6: 83.33… %.
    expect(await judged('readiness', config, slow)).toMatchObject({
      verdict: 'warn',
      detail: 'readiness 83.3333 %, ready is 90 % (api answers in dev within 2000 ms: 9000 ms)',
    });
    expect(await verdict('readiness', { ...config, minimumPercent: 83.34 }, slow)).toBe('fail');
  });

  it('is enough exactly at its threshold', async () => {
    const slow = { definition, ports: await ports(9000) };
    expect(await verdict('readiness', { minimumPercent: 500 / 6 }, slow)).toBe('pass');
    expect(await verdict('readiness', { minimumPercent: 500 / 6, readyPercent: 500 / 6 }, slow)).toBe('pass');
    expect(await verdict('readiness', { minimumPercent: Number.NaN }, slow)).toBe('fail');
  });
});
