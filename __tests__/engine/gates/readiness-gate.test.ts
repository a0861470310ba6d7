import type { HealthProbe } from '../../../engine/metrics/health-probe.ts';
import { MemoryDatabase } from '../../support/memory-database.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { judged, verdict } from './gate-fixture.ts';
import { withObjectives } from './watched-environments.ts';

const { signal } = new AbortController();
const definition = withObjectives();
const acknowledge = {
  kind: 'acknowledge',
  by: 'ana@shop.example',
  reason: 'only dev is slow',
  at: '2026-11-20T09:00:00.000Z',
} as const;

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

const config = { minimumPercent: 75, readyPercent: 90, needsAcknowledgement: true };
const because = '(api answers in dev within 2000 ms: 9000 ms)';

describe('readiness', () => {
  it('passes when it is ready, by its unrounded score', async () => {
    const well = { definition, ports: await ports(10) };
    expect(await judged('readiness', config, well)).toMatchObject({ verdict: 'pass', detail: 'readiness 100 %' });
  });

  it('with caution needs somebody who acknowledges that, and says who did', async () => {
    // 5 of 6: 83.33… %.
    const slow = { definition, ports: await ports(9000) };
    expect(await judged('readiness', config, slow)).toMatchObject({
      verdict: 'fail',
      detail: `readiness 83.3333 %, ready is 90 %; somebody must acknowledge that (--acknowledge <reason>) ${because}`,
    });
    expect(await judged('readiness', config, { ...slow, overrides: [acknowledge] })).toMatchObject({
      verdict: 'warn',
      detail: `readiness 83.3333 %, ready is 90 %; acknowledged by ana@shop.example: only dev is slow ${because}`,
    });
  });

  it('is refused below caution, acknowledged or not', async () => {
    const slow = { definition, ports: await ports(9000), overrides: [acknowledge] };
    const strict = { ...config, minimumPercent: 83.34, readyPercent: 90 };
    expect(await judged('readiness', strict, slow)).toMatchObject({
      verdict: 'fail',
      detail: `readiness 83.3333 % < 83.34 % ${because}`,
    });
  });

  it('is enough exactly at its threshold', async () => {
    const slow = { definition, ports: await ports(9000) };
    const exactly = 500 / 6;
    expect(await verdict('readiness', { minimumPercent: 75, readyPercent: exactly }, slow)).toBe('pass');
    expect(
      await verdict('readiness', { ...config, minimumPercent: exactly }, { ...slow, overrides: [acknowledge] }),
    ).toBe('warn');
    expect(await verdict('readiness', { minimumPercent: Number.NaN }, slow)).toBe('fail');
  });

  it('of a promotion that an older engine began lets caution through as it did', async () => {
    const slow = { definition, ports: await ports(9000) };
    expect(await verdict('readiness', { minimumPercent: 75, readyPercent: 90 }, slow)).toBe('warn');
  });
});
