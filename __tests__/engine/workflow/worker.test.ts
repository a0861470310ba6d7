import { jest } from '@jest/globals';
import { verifyChain } from '../../../engine/audit/hash-chain.ts';
import { retryPromotion } from '../../../engine/service/retry-promotion.ts';
import { rollBack } from '../../../engine/service/rollback.ts';
import type { StepContext, StepResult } from '../../../engine/workflow/step-definition.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { sampleStep, type SampleStep } from './sample-promotion.ts';
import { operator, Workshop } from './worker-fixture.ts';

jest.setTimeout(60_000);

let server: ScratchPostgres;
let workshop: Workshop;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
afterEach(async () => {
  await workshop.close();
});

type Act = (context: StepContext<unknown>) => Promise<StepResult>;
const done: Act = async () => ({ kind: 'done', summary: 'ok', output: {} });
const unreachable = () => Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' });

/** Everything that steps did outside, in order. */
let effects: string[];

/** A promotion of all phases; `change` says what is different about a step. */
async function open(change: Readonly<Record<string, Partial<SampleStep>>> = {}): Promise<void> {
  effects = [];
  const acts =
    (name: string, how: Act): Act =>
    async (context) => {
      effects.push(name);
      return how(context);
    };
  const steps = (
    [
      ['look', 'initialize', false],
      ['check', 'conditions', false],
      ['ask', 'approval', false],
      ['inspect', 'validation', false],
      ['back-up', 'move', false],
      ['configure', 'move', true],
      ['migrate', 'move', true],
      ['deploy', 'deploy', true],
      ['verify', 'deploy', false],
      ['verify-rollback', 'restoration', false],
      ['report', 'report', false],
      ['notify', 'notify', false],
    ] as const
  ).map(([name, phase, isCompensable]) => {
    const own = change[name] ?? {};
    const undo = own.compensate ?? (isCompensable ? done : undefined);
    return sampleStep({
      name,
      phase,
      isOptional: own.isOptional ?? false,
      run: acts(name, own.run ?? done),
      ...(undo === undefined ? {} : { compensate: acts(`undo ${name}`, undo) }),
    });
  });
  workshop = await Workshop.open(await server.createStoreDatabase(), steps);
}

const failing = (error: () => unknown): Partial<SampleStep> => ({
  run: async () => {
    throw error();
  },
});

describe('a promotion', () => {
  it('runs from its request to its end, each step once, and leaves its slot', async () => {
    await open();
    const id = await workshop.request();
    await workshop.work();
    const ended = await workshop.load(id);
    expect(ended).toMatchObject({ state: 'COMPLETED_SUCCESSFULLY', holdsSlot: false, parked: undefined });
    expect(effects).toEqual([
      'look',
      'check',
      'ask',
      'inspect',
      'back-up',
      'configure',
      'migrate',
      'deploy',
      'verify',
      'report',
      'notify',
    ]);
    expect(verifyChain(id, await workshop.store.events(id))).toEqual([]);
    expect(workshop.errors).toEqual([]);
  });

  it('gives a step its key, its fence, its configuration and what earlier steps said', async () => {
    let seen: StepContext<unknown> | undefined;
    await open({
      look: { run: async () => ({ kind: 'done', summary: 'seen', output: { running: 'v1' } }) },
      configure: {
        run: async (context) => {
          seen = context;
          context.log('rendering');
          return done(context);
        },
      },
    });
    const id = await workshop.request();
    await workshop.work();
    expect(seen?.effect.key).toBe(`${id}:configure`);
    expect(seen?.output('look')).toEqual({ running: 'v1' });
    expect(() => seen?.output('deploy')).toThrow('configure needs the output of deploy, which has none');
    expect(seen?.effect.fence).toBe((await workshop.load(id)).fence);
    const lines = await workshop.store.logs(id, 0, 100);
    expect(lines.filter(({ step }) => step === 'configure').map(({ line }) => line)).toEqual(['rendering', 'done: ok']);
  });

  it('tries a step again that may succeed later, and goes on when it does', async () => {
    let attempts = 0;
    await open({
      migrate: {
        run: async (context) => {
          attempts += 1;
          if (attempts < 3) throw unreachable();
          expect(context.attempt).toBe(3);
          return done(context);
        },
      },
    });
    const id = await workshop.request();
    await workshop.work();
    const ended = await workshop.load(id);
    expect(ended.state).toBe('COMPLETED_SUCCESSFULLY');
    expect(ended.steps.find(({ name }) => name === 'migrate')).toMatchObject({
      attempt: 3,
      status: 'done',
      error: undefined,
    });
    expect(await workshop.stepsOf(id, 'step-retrying')).toEqual(['migrate', 'migrate']);
  });

  it('parks without a run, and goes on with what it had noted when it is looked at again', async () => {
    await open({
      verify: {
        run: async ({ checkpoint }) => {
          const looks = Number(checkpoint?.['looks'] ?? 0) + 1;
          if (looks === 4) return { kind: 'done', summary: 'well', output: { looks } };
          const until = new Date(Date.now() + 5);
          return { kind: 'park', reason: 'bake', detail: 'it is watched', until, checkpoint: { looks } };
        },
      },
    });
    const id = await workshop.request();
    await workshop.work();
    const ended = await workshop.load(id);
    expect(ended.steps.find(({ name }) => name === 'verify')).toMatchObject({ attempt: 1, output: { looks: 4 } });
    expect((await workshop.eventTypes(id)).filter((type) => type === 'parked')).toHaveLength(1);
  });

  it('is sent back to its conditions when what was checked no longer holds, and gives its slot to others meanwhile', async () => {
    let drifts = 1;
    await open({
      inspect: {
        run: async (context) => (drifts-- > 0 ? { kind: 'send-back', reason: 'staging changed' } : done(context)),
      },
    });
    const id = await workshop.request();
    await workshop.work();
    expect((await workshop.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
    expect(effects.slice(0, 8)).toEqual(['look', 'check', 'ask', 'inspect', 'check', 'ask', 'inspect', 'back-up']);
    const types = await workshop.eventTypes(id);
    expect(types.filter((type) => type.startsWith('slot-'))).toEqual([
      'slot-taken',
      'slot-released',
      'slot-taken',
      'slot-released',
    ]);
  });

  it('goes on without an optional step that failed mildly, and says so', async () => {
    const conflict = () => Object.assign(new Error('conflict'), { status: 409, name: 'HttpError' });
    await open({ report: { isOptional: true, ...failing(conflict) } });
    const id = await workshop.request();
    await workshop.work();
    const ended = await workshop.load(id);
    expect(ended.state).toBe('COMPLETED_SUCCESSFULLY');
    expect(ended.steps.find(({ name }) => name === 'report')).toMatchObject({
      status: 'skipped',
      error: { severity: 'MEDIUM' },
    });
    expect(effects.at(-1)).toBe('notify');
  });

  it('survives an answer and an error that no database can keep as they are', async () => {
    await open({
      check: {
        run: async ({ log }) => {
          log('a\0b');
          return { kind: 'done', summary: 'fine\0', output: { text: '\ud800', count: Number.NaN } };
        },
      },
      migrate: failing(() => new SyntaxError('unexpected \0 in file')),
    });
    const id = await workshop.request();
    await workshop.work();
    expect(await workshop.load(id)).toMatchObject({
      state: 'ROLLED_BACK',
      failure: { error: { message: 'unexpected \ufffd in file' } },
    });
    expect((await workshop.store.logs(id, 0, 100)).map(({ line }) => line)).toContain('a\ufffdb');
    expect(workshop.errors).toEqual([]);
  });
});

describe('a promotion that fails', () => {
  it('takes back what it did in reverse, marks the release, verifies, and reports', async () => {
    await open({ verify: failing(() => new SyntaxError('health says no')) });
    const id = await workshop.request();
    await workshop.work();
    expect(await workshop.load(id)).toMatchObject({
      state: 'ROLLED_BACK',
      holdsSlot: false,
      failure: { step: 'verify', error: { message: 'health says no' } },
      rollback: { trigger: 'automatic', reason: 'verify: health says no' },
    });
    expect(effects.slice(9)).toEqual([
      'undo deploy',
      'undo migrate',
      'undo configure',
      'verify-rollback',
      'report',
      'notify',
    ]);
    expect((await workshop.store.loadRelease('rel-shop-v2'))?.bad?.reason).toBe('verify: health says no');
  });

  it('takes back a step that was begun and did not end, too', async () => {
    await open({ migrate: failing(() => new SyntaxError('bad migration')) });
    const id = await workshop.request();
    await workshop.work();
    expect(await workshop.stepsOf(id, 'compensation-finished')).toEqual(['migrate', 'configure']);
  });

  it('waits half-way where the rules say so, and can be taken up again at the step that failed', async () => {
    let isBroken = true;
    await open({
      migrate: {
        run: async (context) => {
          if (isBroken) throw new SyntaxError('bad migration');
          return done(context);
        },
      },
    });
    const id = await workshop.request({}, { rollback: { isEnabled: false, timeoutSeconds: 300 } });
    await workshop.work();
    expect(await workshop.load(id)).toMatchObject({
      state: 'PROMOTION_FAILED',
      holdsSlot: true,
      parked: { reason: 'manual' },
      rollback: undefined,
    });
    isBroken = false;
    effects = [];
    await retryPromotion(workshop.context, operator, id);
    await workshop.work();
    expect(await workshop.load(id)).toMatchObject({ state: 'COMPLETED_SUCCESSFULLY', failure: undefined });
    expect(effects).toEqual(['migrate', 'deploy', 'verify', 'report', 'notify']);
  });

  it('undoes what it did when it is taken up again and then cancelled in the queue', async () => {
    await open({ deploy: failing(() => new SyntaxError('no')) });
    const id = await workshop.request({}, { rollback: { isEnabled: false, timeoutSeconds: 300 } });
    await workshop.work();
    await retryPromotion(workshop.context, operator, id);
    effects = [];
    expect(await rollBack(workshop.context, operator, { promotionId: id, reason: 'never mind' })).toBe(id);
    await workshop.work();
    expect((await workshop.load(id)).state).toBe('ROLLED_BACK');
    expect(effects.slice(0, 4)).toEqual(['undo deploy', 'undo migrate', 'undo configure', 'verify-rollback']);
  });

  it('says which promotion is in the slot that it waits for', async () => {
    const watched = { kind: 'park', reason: 'bake', detail: 'watched', until: undefined, checkpoint: {} } as const;
    await open({ verify: { run: async () => watched } });
    const first = await workshop.request();
    await workshop.work();
    const second = await workshop.request();
    await workshop.work();
    expect((await workshop.load(second)).parked).toMatchObject({ reason: 'slot', detail: `${first} is there now` });
  });

  it('keeps its slot when undoing fails, until a person has it tried again', async () => {
    let isStuck = true;
    await open({
      verify: failing(() => new SyntaxError('health says no')),
      migrate: {
        compensate: async (context) => {
          if (isStuck) throw new SyntaxError('rows would be lost');
          return done(context);
        },
      },
    });
    const id = await workshop.request();
    await workshop.work();
    const other = await workshop.request();
    await workshop.work();
    expect(await workshop.load(id)).toMatchObject({ state: 'ROLLBACK_FAILED', holdsSlot: true });
    expect(await workshop.load(other)).toMatchObject({
      state: 'QUEUED',
      parked: {
        reason: 'slot',
        detail: `staging is half-way since ${id} could not be taken back; promote retry ${id} goes on with that`,
      },
    });
    isStuck = false;
    effects = [];
    await retryPromotion(workshop.context, operator, id, { acceptsDataLoss: true });
    await workshop.work({ promotionId: id });
    expect(await workshop.load(id)).toMatchObject({
      state: 'ROLLED_BACK',
      holdsSlot: false,
      rollback: { acceptsDataLoss: true },
    });
    expect(effects).toEqual(['undo migrate', 'undo configure', 'verify-rollback', 'report', 'notify']);
    expect(await workshop.stepsOf(id, 'compensation-finished')).toEqual(['deploy', 'migrate', 'configure']);
  });

  it('tries to undo again what may succeed later', async () => {
    let refusals = 4;
    await open({
      verify: failing(() => new SyntaxError('health says no')),
      deploy: {
        compensate: async (context) => {
          if (refusals-- > 0) throw unreachable();
          return done(context);
        },
      },
    });
    const id = await workshop.request();
    await workshop.work();
    expect((await workshop.load(id)).state).toBe('ROLLED_BACK');
    expect(await workshop.stepsOf(id, 'compensation-retrying')).toEqual(['deploy', 'deploy', 'deploy', 'deploy']);
  });
});
