import { jest } from '@jest/globals';
import { PlatformAwayError } from '../../../engine/deployment/local/local-deployment-target.ts';
import { preflightCheckNames } from '../../../engine/preflight/preflight-check.ts';
import { PreflightError } from '../../../engine/preflight/run-preflight.ts';
import { RequirementsNotMetError } from '../../../engine/workflow/step-definition.ts';
import { moment } from '../workflow/sample-promotion.ts';
import { StepWorkbench } from './step-workbench.ts';

jest.setTimeout(60_000);

let prepared: StepWorkbench;
let bench: StepWorkbench;
beforeAll(async () => {
  prepared = await StepWorkbench.open();
});
afterAll(async () => {
  await prepared.close();
});
beforeEach(async () => {
  bench = await prepared.fork();
});
afterEach(async () => {
  await bench.close();
});

function change(more: Partial<StepWorkbench['promotion']['definition']>): void {
  bench.promotion = { ...bench.promotion, definition: { ...bench.promotion.definition, ...more } };
}
/** Somebody changes the target's flags by hand. */
async function driftFlags(): Promise<void> {
  const { revision } = await bench.ports.flags.read('staging', bench.effect('by hand').signal);
  await bench.ports.flags.write('staging', [], revision, bench.effect('by hand'));
}

describe('initialize', () => {
  it('says what runs there, and fails when the target cannot be reached', async () => {
    expect(await bench.attempt('initialize')).toMatchObject({ kind: 'done', summary: 'staging runs v1' });
    const { target } = bench.promotion.definition;
    change({ target: { ...target, configuration: { ...target.configuration, branch: 'env/nowhere' } } });
    await expect(bench.attempt('initialize')).rejects.toThrow('no branch env/nowhere');
  });

  // Images that are copied need not be there before.
  const checks = preflightCheckNames.filter((name) => name !== 'images');
  const everything = { initialize: { checks } };

  it('looks at everything that the promotion will need, and says what it found', async () => {
    bench.stepSettings = everything;
    const before = await bench.outside();
    expect(await bench.attempt('initialize')).toMatchObject({ kind: 'done', summary: 'staging runs v1' });
    expect(bench.logs.slice(0, checks.length)).toEqual([
      expect.stringMatching(/^ok registries dev and staging: .* free$/),
      'ok configuration configuration: branch env/staging can be read and written',
      expect.stringMatching(/^ok database shop-staging: answers and can be backed up, .* free$/),
      'ok flags of staging: can be read and written',
      'ok deployment of staging: accepts what is to run',
      expect.stringMatching(/^ok back-ups and reports: .* free$/),
      'ok metrics of staging: can be read',
      'ok notification channels: there are none',
    ]);
    expect(await bench.outside()).toEqual(before);
  });

  it('tells all that is missing at once, each with what to do, and goes on without what is optional', async () => {
    bench.stepSettings = everything;
    bench.ports = {
      ...bench.ports,
      channels: { reach: () => Promise.reject(new Error('chat: connection refused')) },
    };
    expect(await bench.attempt('initialize')).toMatchObject({
      summary: `staging runs v1; look at notifications: promote logs ${bench.promotion.id} --step initialize`,
    });
    const { target } = bench.promotion.definition;
    change({ target: { ...target, registry: 'not a registry' } });
    bench.database.readiness = () => Promise.resolve({ databaseBytes: 2 ** 40, freeBytes: 1000 });
    bench.deployment.reach = () => Promise.reject(new PlatformAwayError());
    const initializing = bench.attempt('initialize');
    await expect(initializing).rejects.toThrow(PreflightError);
    await expect(initializing).rejects.toThrow(/^nothing was changed, because what it needs is not there:/);
    await expect(initializing).rejects.toThrow(
      /registries dev and not a registry: "not a registry\/api" is not a reposit/,
    );
    await expect(initializing).rejects.toThrow(
      /a back-up of shop-staging needs 1.1 TiB, and 0.9 KiB are free — Free space on that disk/,
    );
    await expect(initializing).rejects.toThrow(/the local platform is not running — Start it with npm start/);
  });
});

describe('validate-conditions', () => {
  const evidenceGate = {
    gate: 'coverage',
    config: { minimumPercent: 80 },
    onMissing: 'fail',
    maxAgeSeconds: undefined,
  } as const;

  it('makes the plan when everything holds, and says what was judged', async () => {
    change({ gates: [{ ...evidenceGate, onMissing: 'warn' }] });
    const result = await bench.finish('validate-conditions');
    expect(result.summary).toMatch(/^0 gates passed, 1 warned {3}/);
    expect(result.records?.plan?.hash).toBe(bench.promotion.planHash);
    expect(result.output['planHash']).toBe(bench.promotion.planHash);
  });

  it('judges every gate, and names all that fail', async () => {
    change({
      gates: [
        evidenceGate,
        { ...evidenceGate, gate: 'tests', config: { suites: ['unit'], minimumPassedPercent: 100 } },
      ],
    });
    const judging = bench.attempt('validate-conditions');
    await expect(judging).rejects.toThrow(RequirementsNotMetError);
    await expect(judging).rejects.toThrow(/coverage: no usable coverage report[^]*tests: no usable report/);
  });

  it('refuses values that their schema does not allow, with file, line and column, and so does whoever would commit them', async () => {
    const { target } = bench.promotion.definition;
    const configuration = { ...target.configuration, schema: 'schemas/values.json' };
    const limit = (maximum: number): string =>
      JSON.stringify({ properties: { feature: { properties: { limit: { maximum } } } } });
    bench.commit('schemas/values.json', limit(8));
    change({ target: { ...target, configuration } });
    const problem = 'shop/staging/values.yaml:6:10: feature.limit must be <= 8, and is 9 (the release sets it)';
    const judging = bench.attempt('validate-conditions');
    await expect(judging).rejects.toThrow(RequirementsNotMetError);
    await expect(judging).rejects.toThrow(problem);
    await bench.finish('back-up');
    const refs = bench.git('for-each-ref');
    await expect(bench.attempt('promote-configuration')).rejects.toThrow(problem);
    expect(bench.git('for-each-ref')).toBe(refs);
    bench.commit('schemas/values.json', limit(9));
    await bench.plan();
    await bench.finish('back-up');
    expect((await bench.attempt('promote-configuration')).kind).toBe('done');
  });

  it('refuses what the target lacks, all of it beside the gates that fail, before anybody is asked', async () => {
    const needs = {
      configuration: ['feature.limit', 'payments.url'],
      secrets: ['DATABASE_URL', 'STRIPE_KEY'],
      flags: ['old-flag', 'new-flag', 'gone-flag'],
      extensions: ['plpgsql', 'pgcrypto', 'postgis'],
    };
    const release = { ...bench.v2, content: { ...bench.v2.content, needs } };
    change({ gates: [evidenceGate] });
    const refusal: unknown = await bench
      .attempt('validate-conditions', 'run', bench.ports, bench.fence, release)
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RequirementsNotMetError);
    expect(refusal instanceof Error ? refusal.message.split('\n') : []).toEqual([
      expect.stringMatching(/^coverage: /),
      'configuration payments.url is not set in staging: add it to shop/staging/values.yaml on branch env/staging of configuration',
      'secret STRIPE_KEY is not in staging: add it to the vault',
      'flag gone-flag is not in staging: add it to the flags of staging, or define it in the release',
      'extension pgcrypto is not in shop-staging: run CREATE EXTENSION there as its owner, or in an expand migration of the release',
      'extension postgis is not on the server of shop-staging: install it there, then create it in shop-staging',
    ]);
  });

  it('refuses images that are not there, or not as the rules ask, beside the gates that fail, before anybody is asked', async () => {
    change({
      gates: [evidenceGate],
      steps: bench.promotion.definition.steps.map((step) =>
        step.name === 'validate-artifacts'
          ? { ...step, config: { ...step.config, maximumSizeBytes: 1, platforms: ['linux/arm64'] } }
          : step,
      ),
    });
    const refusalOf = async (): Promise<readonly string[]> => {
      const refusal: unknown = await bench.attempt('validate-conditions').catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(RequirementsNotMetError);
      return refusal instanceof Error ? refusal.message.split('\n') : [];
    };
    expect(await refusalOf()).toEqual([
      expect.stringMatching(/^coverage: /),
      expect.stringMatching(/^image size: api: is .*, more than/),
      'image architecture: api: does not offer linux/arm64',
    ]);
    change({ source: { ...bench.promotion.definition.source, registry: 'elsewhere' } });
    expect(await refusalOf()).toEqual([
      expect.stringMatching(/^coverage: /),
      expect.stringMatching(/^image exists: api: elsewhere\/api has no image sha256:/),
    ]);
    // A path that leaves out what checks images asks for nothing of them.
    change({ steps: bench.promotion.definition.steps.filter(({ name }) => name !== 'validate-artifacts') });
    expect(await refusalOf()).toEqual([expect.stringMatching(/^coverage: /)]);
  });

  it('goes on when the target has what the release needs, or the release brings it', async () => {
    const needs = {
      configuration: ['feature.limit', 'release'],
      secrets: ['DATABASE_URL'],
      flags: ['old-flag', 'new-flag'],
      extensions: ['pgcrypto'],
    };
    const { database, ...content } = bench.v2.content;
    const [migration] = database?.migrations ?? [];
    if (database === undefined || migration === undefined) throw new Error('the sample has no migration');
    const creating = { ...migration, up: '-- for ids\nCREATE EXTENSION IF NOT EXISTS pgcrypto;' };
    const release = { ...bench.v2, content: { ...content, needs, database: { ...database, migrations: [creating] } } };
    const result = await bench.attempt('validate-conditions', 'run', bench.ports, bench.fence, release);
    expect(result.kind).toBe('done');
  });

  it('waits until the release has been verified in the source for long enough', async () => {
    bench.clock.advance(-60);
    expect(await bench.attempt('validate-conditions')).toMatchObject({ kind: 'park', reason: 'soak', until: moment });
    bench.clock.advance(60);
    expect((await bench.attempt('validate-conditions')).kind).toBe('done');
  });

  it('names, while it waits, what no soak brings and is missing', async () => {
    bench.clock.advance(-60);
    change({ gates: [evidenceGate] });
    const parked = await bench.attempt('validate-conditions');
    if (parked.kind !== 'park') throw new Error('it was expected to wait');
    expect(parked.reason).toBe('soak');
    expect(parked.detail).toMatch(/^v2 must be verified in dev until .*; then it also needs .*: coverage: no usable /);
  });

  it('does not wait when somebody only looks: what it would wait for is named beside every other failure', async () => {
    bench.clock.advance(-60);
    bench.promotion = { ...bench.promotion, isDryRun: true };
    change({ gates: [evidenceGate] });
    const looking = bench.attempt('validate-conditions');
    await expect(looking).rejects.toThrow(RequirementsNotMetError);
    await expect(looking).rejects.toThrow(/soak: v2 must be verified in dev until[^]*coverage: /);
  });
});

describe('validate-artifacts', () => {
  it('looks into every image, and makes sure of the plan', async () => {
    await bench.plan();
    expect(await bench.attempt('validate-artifacts')).toMatchObject({ kind: 'done', summary: '1 image intact' });
    await driftFlags();
    expect((await bench.attempt('validate-artifacts')).kind).toBe('send-back');
  });

  const forced = { kind: 'force', by: 'olga', reason: 'must', at: moment.toISOString() } as const;

  it('goes on where somebody overruled what it found, which stays visible, but never without an image', async () => {
    const demanding = { gate: 'findings', config: { maximum: {} }, onMissing: 'fail', maxAgeSeconds: 60 } as const;
    change({ gates: [demanding] });
    bench.promotion = { ...bench.promotion, overrides: [forced] };
    await bench.plan();
    expect(await bench.attempt('validate-artifacts')).toMatchObject({
      kind: 'done',
      summary: '1 image intact, 1 failed check overruled by olga',
      output: { isOverruled: true },
    });
    bench.promotion = { ...bench.promotion, overrides: [] };
    await expect(bench.attempt('validate-artifacts')).rejects.toThrow(/^release: /);
    bench.promotion = { ...bench.promotion, overrides: [forced] };
    change({ source: { ...bench.promotion.definition.source, registry: 'elsewhere' } });
    await expect(bench.attempt('validate-artifacts')).rejects.toThrow(/^api: elsewhere\/api has no image sha256:/);
  });

  it('refuses a release whose image is not there', async () => {
    await bench.plan();
    change({ source: { ...bench.promotion.definition.source, registry: 'elsewhere' } });
    await expect(bench.attempt('validate-artifacts')).rejects.toThrow(/^api: elsewhere\/api has no image sha256:/);
  });
});

describe('verify', () => {
  beforeEach(async () => {
    await bench.before('verify');
  });
  /** Looks again with what was noted at the last look. */
  async function lookAgain(): Promise<Awaited<ReturnType<StepWorkbench['attempt']>>> {
    const result = await bench.attempt('verify');
    if (result.kind === 'park') {
      const { checkpoint } = result;
      bench.promotion = {
        ...bench.promotion,
        steps: bench.promotion.steps.map((step) => (step.name === 'verify' ? { ...step, checkpoint } : step)),
      };
    }
    return result;
  }

  it('says at once that a healthy release is, when nothing is to be watched', async () => {
    expect(await lookAgain()).toMatchObject({
      kind: 'done',
      records: { environment: { name: 'staging', releaseId: bench.v2.id, isVerified: true } },
    });
  });

  it('watches for the whole bake, and never longer between two looks than is left', async () => {
    change({ bakeSeconds: 100 });
    let looks = 0;
    for (let result = await lookAgain(); result.kind === 'park'; result = await lookAgain()) {
      expect(result.reason).toBe('bake');
      bench.clock.advance(((result.until?.getTime() ?? 0) - bench.clock.now().getTime()) / 1000);
      looks += 1;
    }
    expect(bench.clock.now()).toEqual(new Date(moment.getTime() + 100_000));
    expect(looks).toBeGreaterThan(10);
  });

  it('forgives one bad look at a release that was well, and not a second in a row', async () => {
    change({ bakeSeconds: 100 });
    await lookAgain();
    bench.health.isHealthy = false;
    expect((await lookAgain()).kind).toBe('park');
    bench.health.isHealthy = true;
    await lookAgain();
    bench.health.isHealthy = false;
    await lookAgain();
    await expect(lookAgain()).rejects.toThrow('staging is not healthy: api: answered 503');
  });

  it('gives a release its time to become well, and no more', async () => {
    bench.health.isHealthy = false;
    await lookAgain();
    bench.clock.advance(300);
    expect((await lookAgain()).kind).toBe('park');
    bench.clock.advance(1);
    await expect(lookAgain()).rejects.toThrow('is not healthy');
  });

  it('judges the requests that people made, when there were enough to tell', async () => {
    bench.deployment.traffic = { requests: 19, failed: 19 };
    expect((await lookAgain()).kind).toBe('done');
    bench.deployment.traffic = { requests: 100, failed: 1 };
    expect((await lookAgain()).kind).toBe('done');
    bench.deployment.traffic = { requests: 100, failed: 2 };
    await expect(lookAgain()).rejects.toThrow('fails 2.00 % of its requests, allowed are 1 %');
  });
});

describe('the end', () => {
  it('verify-rollback: says that nothing was deployed when nothing was, and looks when it was', async () => {
    await bench.before('deploy');
    expect(await bench.attempt('verify-rollback')).toMatchObject({ kind: 'done', summary: 'staging is as it was' });
    await bench.finish('deploy');
    bench.takeOver();
    await bench.attempt('deploy', 'compensate');
    bench.health.isHealthy = false;
    expect(await bench.attempt('verify-rollback')).toMatchObject({ kind: 'park', reason: 'bake' });
    bench.health.isHealthy = true;
    expect(await bench.attempt('verify-rollback')).toMatchObject({
      kind: 'done',
      summary: 'v1 healthy in staging',
      records: { environment: { releaseId: bench.v1.id, isVerified: true } },
    });
  });

  it('deploy: has no way back where nothing was ever verified, and says what to do', async () => {
    await bench.before('deploy');
    await bench.finish('deploy');
    bench.deployed = [];
    await expect(bench.attempt('deploy', 'compensate')).rejects.toThrow('no verified release of shop to return to');
  });

  it('deploy: waits for a rollout, and fails with what the target said', async () => {
    await bench.before('deploy');
    bench.deployment.phase = 'progressing';
    expect(await bench.attempt('deploy')).toMatchObject({ kind: 'park', reason: 'rollout' });
    bench.deployment.phase = 'failed';
    await expect(bench.attempt('deploy')).rejects.toThrow('it ends with code 1');
  });

  it('report: writes for people and for machines, and the same again is the same', async () => {
    expect(await bench.attempt('report')).toEqual(await bench.attempt('report'));
    const { signal } = bench.effect('look');
    const read = (name: string) => bench.ports.documents.read(`reports-${bench.promotion.id}`, name, signal);
    expect(await read('report.md')).toContain('# shop v2: dev → staging');
    expect(JSON.parse((await read('report.json')) ?? '')).toMatchObject({
      format: 1,
      promotion: { id: bench.promotion.id, release: 'v2' },
      outcome: { state: 'COMPLETED_SUCCESSFULLY' },
    });
  });

  it.each([
    ['promotion.finished', {}],
    ['promotion.failed', { failure: { step: 'deploy', error: {}, requirementsNotMet: false } }],
    ['promotion.rolled-back', { rollback: { trigger: 'manual', reason: 'bad' } }],
  ])('notify: tells of %s under an id that the next outcome does not have', async (type, more) => {
    bench.promotion = { ...bench.promotion, ...(more as Partial<typeof bench.promotion>), eventSeq: 40 };
    const first = await bench.attempt('notify');
    bench.promotion = { ...bench.promotion, eventSeq: 70 };
    const second = await bench.attempt('notify');
    expect([first, second]).toMatchObject([
      { records: { messages: [{ type, eventId: `${bench.promotion.id}-outcome-40` }] } },
      { records: { messages: [{ type, eventId: `${bench.promotion.id}-outcome-70` }] } },
    ]);
  });
});
