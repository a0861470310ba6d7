import fc from 'fast-check';
import type { ReleaseContent } from '../../../engine/release.ts';
import {
  judgeReadiness,
  readinessChecks,
  readinessParts,
  readinessScore,
  type ReadinessCheck,
} from '../../../engine/verification/readiness.ts';
import type { HealthProbe } from '../../../engine/metrics/health-probe.ts';
import { unreachablePorts } from '../../support/unreachable-ports.ts';
import { sampleRelease } from '../workflow/sample-promotion.ts';
import { MemoryDatabase } from '../../support/memory-database.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { withObjectives } from '../gates/watched-environments.ts';

const { signal } = new AbortController();
const check = (weight: number, isPassed: boolean | undefined): ReadinessCheck => ({
  name: 'it',
  part: 'services',
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

describe('what a score means', () => {
  const bounds = { readyPercent: 90, cautionPercent: 75 };

  it.each([
    [100, 'ready'],
    [90, 'ready'],
    [89.999_999, 'caution'],
    [75, 'caution'],
    [74.999_999, 'not-ready'],
    [0, 'not-ready'],
    [Number.NaN, 'not-ready'],
    [undefined, 'not-ready'],
  ])('%s %% is %s: nothing is rounded, and what is not known is not ready', (score, verdict) => {
    expect(judgeReadiness(score, bounds)).toBe(verdict);
  });
});

describe('what is checked before a release moves on', () => {
  const environments = withObjectives();
  const source = { ...environments.source, database: 'shop-dev' };
  const target = { ...environments.target, database: 'shop-staging' };
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
    return { ...unreachablePorts, deployment, probe: health, database: new MemoryDatabase() };
  }
  const open = (checks: readonly ReadinessCheck[]) => checks.filter(({ isPassed }) => isPassed !== true);

  const needing = (needs: Partial<NonNullable<ReleaseContent['needs']>>) => ({
    ...sampleRelease,
    content: {
      ...sampleRelease.content,
      needs: { configuration: [], secrets: [], flags: [], extensions: [], ...needs },
    },
  });
  const subject = { source, target, release: sampleRelease };

  it('passes whole when everything is well, and each part of it has its name', async () => {
    const everything = { ...subject, release: needing({ secrets: ['MAIL_KEY'] }) };
    const secrets = { names: () => Promise.resolve(['MAIL_KEY']), whereToAdd: () => 'the vault' };
    const checks = await readinessChecks({ ...(await ports(probe(true))), secrets }, everything, signal);
    expect(open(checks)).toEqual([]);
    expect(new Set(checks.map(({ part }) => part))).toEqual(new Set(readinessParts));
  });

  it('names what the release needs and the target has not', async () => {
    const secrets = { names: () => Promise.resolve([]), whereToAdd: () => 'the vault' };
    const release = needing({ secrets: ['MAIL_KEY'] });
    const checks = await readinessChecks({ ...(await ports(probe(true))), secrets }, { ...subject, release }, signal);
    expect(open(checks)).toMatchObject([
      { part: 'needs', isPassed: false, detail: 'secret MAIL_KEY is not in staging: add it to the vault' },
    ]);
    const unknown = await readinessChecks(await ports(probe(true)), { ...subject, release: undefined }, signal);
    expect(open(unknown)).toMatchObject([{ part: 'needs', isPassed: undefined }]);
  });

  it('takes a connection that is refused at once for no quick answer', async () => {
    const refusing: HealthProbe = {
      probe: async (url) => ({ url, status: undefined, isHealthy: false, responseTimeMs: 1, message: 'ECONNREFUSED' }),
    };
    const checks = await readinessChecks(await ports(refusing), subject, signal);
    expect(open(checks)).toMatchObject([{ part: 'services' }, { part: 'response times', detail: 'ECONNREFUSED' }]);
  });

  it('holds a service to its own bound where the rules give it one', async () => {
    const services = source.services.map((service) => ({ ...service, maximumResponseTimeSeconds: 0.5 }));
    const checks = await readinessChecks(
      await ports(probe(true, 501)),
      { ...subject, source: { ...source, services } },
      signal,
    );
    expect(open(checks)).toMatchObject([{ name: 'api answers in dev within 500 ms', detail: '501 ms' }]);
  });

  it('names a sick service and a slow one', async () => {
    const sick = await readinessChecks(await ports(probe(false)), subject, signal);
    expect(open(sick)).toMatchObject([{ name: 'api healthy in dev', isPassed: false, detail: 'answered 503' }]);
    const slow = await readinessChecks(await ports(probe(true, 2000.5)), subject, signal);
    expect(open(slow)).toMatchObject([{ name: 'api answers in dev within 2000 ms' }]);
  });

  it('is not passed by what cannot be found out', async () => {
    const broken = await ports(probe(true));
    const state = () => Promise.reject(new Error('the database does not answer'));
    Object.assign(broken.deployment, { status: () => Promise.reject(new Error('no such folder')) });
    Object.assign(broken.database, { state });
    const checks = await readinessChecks(broken, subject, signal);
    expect(readinessScore(checks)).toBe(0);
    expect(checks.every(({ isPassed }) => isPassed === undefined)).toBe(true);
  });

  it('ends with the lease, instead of calling that unknown', async () => {
    const aborted = AbortSignal.abort(new Error('the lease was lost'));
    const broken = await ports(probe(true));
    const database = Object.assign(broken.database, { state: () => Promise.reject(new Error('aborted')) });
    await expect(readinessChecks({ ...broken, database }, subject, aborted)).rejects.toThrow('lease was lost');
  });
});
