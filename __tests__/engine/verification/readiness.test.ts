import fc from 'fast-check';
import { readinessChecks, readinessScore, type ReadinessCheck } from '../../../engine/verification/readiness.ts';
import type { HealthProbe } from '../../../engine/metrics/health-probe.ts';
import { MemoryDatabase } from '../../support/memory-database.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { withObjectives } from '../gates/watched-environments.ts';

const { signal } = new AbortController();
const check = (weight: number, isPassed: boolean | undefined): ReadinessCheck => ({
  name: 'it',
  weight,
  isPassed,
  detail: '',
});

describe('the readiness score', () => {
  it('is the share of the weight that passed, unrounded', () => {
    expect(readinessScore([check(1, true), check(2, false)])).toBe(100 / 3);
    expect(readinessScore([check(8, true), check(1, false)])).toBe(800 / 9);
    expect(readinessScore([check(89.99, true), check(10.01, false)])).toBeLessThan(90);
    expect(readinessScore([check(9, true), check(1, false)])).toBe(90);
  });

  it('counts what could not be found out as not passed', () => {
    expect(readinessScore([check(3, true), check(1, undefined)])).toBe(75);
  });

  it('is none without a check, or with weights that are none', () => {
    expect(readinessScore([])).toBeUndefined();
    for (const weight of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(readinessScore([check(1, true), check(weight, true)])).toBeUndefined();
    }
  });

  it('lies between 0 and 100, and never falls when one check more passes', () => {
    const checks = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean()), { minLength: 1 });
    fc.assert(
      fc.property(checks, fc.nat(), (drawn, at) => {
        const all = drawn.map(([weight, isPassed]) => check(weight, isPassed));
        const better = all.map((each, index) => (index === at % all.length ? { ...each, isPassed: true } : each));
        const [score = -1, more = -1] = [readinessScore(all), readinessScore(better)];
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(more);
        expect(more).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('what is checked before a release moves on', () => {
  const environments = withObjectives();
  const source = { ...environments.source, database: 'shop_dev' };
  const target = { ...environments.target, database: 'shop_staging' };
  const probe = (isHealthy: boolean, responseTimeMs = 20): HealthProbe => ({
    probe: async (url) => ({
      url,
      status: isHealthy ? 200 : 503,
      isHealthy,
      responseTimeMs,
      message: isHealthy ? undefined : 'answered 503',
    }),
  });
  async function ports(health: HealthProbe) {
    const deployment = new MemoryDeployment();
    const services = [{ name: 'api', repository: 'api', digest: `sha256:${'a'.repeat(64)}` }];
    const desired = { application: 'shop', release: 'v2', configurationCommit: 'c', services };
    await deployment.apply('dev', desired, 0, { key: 'p:deploy', fence: 1, signal });
    return { deployment, probe: health, database: new MemoryDatabase() };
  }
  const open = (checks: readonly ReadinessCheck[]) => checks.filter(({ isPassed }) => isPassed !== true);

  it('passes whole when everything is well', async () => {
    const checks = await readinessChecks(await ports(probe(true)), source, target, signal);
    expect(open(checks)).toEqual([]);
    expect(checks.length).toBeGreaterThanOrEqual(5);
  });

  it('names a sick service and a slow one', async () => {
    const sick = await readinessChecks(await ports(probe(false)), source, target, signal);
    expect(open(sick)).toMatchObject([{ name: 'api healthy in dev', isPassed: false, detail: 'answered 503' }]);
    const slow = await readinessChecks(await ports(probe(true, 2000.5)), source, target, signal);
    expect(open(slow)).toMatchObject([{ name: 'api answers in dev within 2000 ms' }]);
  });

  it('is not passed by what cannot be found out', async () => {
    const broken = await ports(probe(true));
    const state = () => Promise.reject(new Error('the database does not answer'));
    Object.assign(broken.deployment, { status: () => Promise.reject(new Error('no such folder')) });
    Object.assign(broken.database, { state });
    const checks = await readinessChecks(broken, source, target, signal);
    expect(readinessScore(checks)).toBe(0);
    expect(checks.every(({ isPassed }) => isPassed === undefined)).toBe(true);
  });

  it('ends with the lease, instead of calling that unknown', async () => {
    const aborted = AbortSignal.abort(new Error('the lease was lost'));
    const broken = await ports(probe(true));
    const database = Object.assign(broken.database, { state: () => Promise.reject(new Error('aborted')) });
    await expect(readinessChecks({ ...broken, database }, source, target, aborted)).rejects.toThrow('lease was lost');
  });
});
