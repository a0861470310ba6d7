import { jest } from '@jest/globals';
import { rollBack } from '../../../engine/service/rollback.ts';
import { cancelPromotion } from '../../../engine/service/turn-round.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { Draft } from '../../../engine/workflow/draft.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import type { StepContext, StepResult } from '../../../engine/workflow/step-definition.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { claimOne } from '../store/contract/store-fixture.ts';
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
let effects: string[];

async function open(change: { readonly ask?: Act; readonly migrate?: Act; readonly verify?: Act } = {}): Promise<void> {
  effects = [];
  const step = (name: string, phase: SampleStep['phase'], how: Act = done, undo?: Act) =>
    sampleStep({
      name,
      phase,
      run: async (context) => {
        effects.push(name);
        return how(context);
      },
      ...(undo === undefined
        ? {}
        : {
            compensate: async (context: StepContext<unknown>) => {
              effects.push(`undo ${name}`);
              return undo(context);
            },
          }),
    });
  workshop = await Workshop.open(await server.createStoreDatabase(), [
    step('ask', 'approval', change.ask),
    step('back-up', 'move'),
    step('migrate', 'move', change.migrate, done),
    step('deploy', 'deploy', done, done),
    step('verify', 'deploy', change.verify),
    step('verify-rollback', 'restoration'),
  ]);
}

const cancel = (id: string) => cancelPromotion(workshop.context, operator, id, 'wrong release');
const waitFor: Act = async () => ({
  kind: 'park',
  reason: 'approval',
  detail: '0 of 1',
  until: undefined,
  checkpoint: {},
});

/** Runs until it is cut off. */
const untilAborted: Act = ({ effect }) =>
  new Promise((_, reject) => {
    effect.signal.addEventListener('abort', () => {
      reject(effect.signal.reason as Error);
    });
  });

describe('cancelling', () => {
  it('just ends a promotion that has changed nothing', async () => {
    await open({ ask: waitFor });
    const id = await workshop.request();
    await workshop.work();
    await cancel(id);
    await workshop.work();
    expect(await workshop.load(id)).toMatchObject({ state: 'CANCELLED', holdsSlot: false, parked: undefined });
    expect(effects).toEqual(['ask']);
    const messages = await workshop.store.takeOutbox(10, 60);
    expect(messages.map(({ type, body }) => [type, body])).toContainEqual([
      'promotion.ended',
      expect.objectContaining({ state: 'CANCELLED', reason: 'wrong release' }),
    ]);
  });

  it('takes back a promotion that has, and does not call its release bad', async () => {
    await open({
      verify: async () => ({ kind: 'park', reason: 'bake', detail: 'watched', until: undefined, checkpoint: {} }),
    });
    const id = await workshop.request();
    await workshop.work();
    await cancel(id);
    await workshop.work();
    expect(await workshop.load(id)).toMatchObject({ state: 'ROLLED_BACK', rollback: { trigger: 'cancel' } });
    expect(effects.slice(5)).toEqual(['undo deploy', 'undo migrate', 'verify-rollback']);
    expect((await workshop.store.loadRelease('rel-shop-v2'))?.bad).toBeUndefined();
  });

  it('leaves the queue, and the next in it has its turn', async () => {
    await open({
      verify: async () => ({ kind: 'park', reason: 'bake', detail: 'watched', until: undefined, checkpoint: {} }),
    });
    const holder = await workshop.request();
    await workshop.work();
    const [first, second] = [await workshop.request(), await workshop.request()];
    await workshop.work();
    await cancel(first);
    await cancel(holder);
    await workshop.work();
    expect((await workshop.load(first)).state).toBe('CANCELLED');
    expect((await workshop.load(holder)).state).toBe('ROLLED_BACK');
    expect(await workshop.load(second)).toMatchObject({ state: 'TRIGGERING_DEPLOYMENT', holdsSlot: true });
  });

  it('cuts short the step that runs, and undoes it', async () => {
    await open({ migrate: untilAborted });
    const id = await workshop.request();
    const working = workshop.work({ leaseSeconds: 0.6 });
    while (!effects.includes('migrate')) await new Promise((resolve) => setTimeout(resolve, 10));
    await cancel(id);
    await working;
    expect((await workshop.load(id)).state).toBe('ROLLED_BACK');
    expect(effects).toEqual(['ask', 'back-up', 'migrate', 'undo migrate', 'verify-rollback']);
    expect(await workshop.load(id)).toMatchObject({ failure: undefined });
  });
});

describe('a command that arrives while a step runs', () => {
  it.each([
    ['ends well', done],
    [
      'wants to wait',
      async (): Promise<StepResult> => ({
        kind: 'park',
        reason: 'bake',
        detail: 'watched',
        until: undefined,
        checkpoint: {},
      }),
    ],
    ['fails', () => Promise.reject(new SyntaxError('no'))],
    ['fails for now', () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNRESET' }))],
  ])('is heeded at once when the step %s', async (_, how: Act) => {
    await open({
      migrate: async (context) => {
        await rollBack(workshop.context, operator, { promotionId: context.promotion.id, reason: 'stop' });
        return how(context);
      },
    });
    const id = await workshop.request();
    await workshop.work();
    expect(await workshop.load(id)).toMatchObject({
      state: 'ROLLED_BACK',
      rollback: { trigger: 'manual', reason: 'stop' },
    });
    expect(effects).toEqual(['ask', 'back-up', 'migrate', 'undo migrate', 'verify-rollback']);
  });

  it('makes a step look again that was about to wait for it', async () => {
    let votes = 0;
    await open({
      ask: async (context) => {
        const seen = votes;
        if (seen === 1) return done(context);
        // The vote comes after this step has counted and before its wait is stored.
        votes += 1;
        const draft = new Draft(await workshop.load(context.promotion.id), new Date(), 1);
        draft.append('approval-given', operator, {});
        draft.makeDue();
        await workshop.store.commit(draft.toTransition(undefined));
        return waitFor(context);
      },
    });
    const id = await workshop.request();
    await workshop.work();
    expect((await workshop.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
  });
});

describe('a run that lost its lease', () => {
  it('stops, writes nothing more, and leaves the promotion to whoever has it', async () => {
    let other: PromotionRecord | undefined;
    await open({
      migrate: async (context) => {
        // Somebody takes the promotion over, as if this process had been stopped for a while.
        if (context.attempt === 1) {
          await workshop.store.renew([{ promotionId: context.promotion.id, fence: context.effect.fence }], 0);
          other = await claimOne(workshop.store, context.promotion.id);
        }
        return done(context);
      },
    });
    const id = await workshop.request();
    // One at a time: it must not be this worker that takes its own promotion over.
    await workshop.work({ lingerSeconds: 0, concurrency: 1 });
    expect(await workshop.load(id)).toEqual(other);
    expect(await workshop.stepsOf(id, 'step-finished')).toEqual(['ask', 'back-up']);
    await workshop.store.release([{ promotionId: id, fence: other?.fence ?? 0 }]);
    await workshop.work();
    expect((await workshop.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await workshop.stepsOf(id, 'step-finished')).toEqual(['ask', 'back-up', 'migrate', 'deploy', 'verify']);
    expect(workshop.errors).toEqual([]);
  });

  it('is told so while its step still runs', async () => {
    let reason: unknown;
    await open({
      migrate: async (context) => {
        if (context.attempt > 1) return done(context);
        await workshop.store.release([{ promotionId: context.promotion.id, fence: context.effect.fence }]);
        try {
          return await untilAborted(context);
        } catch (error) {
          reason = error;
          throw error;
        }
      },
    });
    const id = await workshop.request();
    await workshop.work({ leaseSeconds: 0.3, concurrency: 1 });
    expect(reason).toMatchObject({ name: 'LeaseLostError' });
    await workshop.work();
    expect((await workshop.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
  });

  it('gives its promotions up when its worker is stopped, and another goes on', async () => {
    await open({
      migrate: async (context) => (context.attempt === 1 ? untilAborted(context) : done(context)),
    });
    const id = await workshop.request();
    const worker = workshop.worker({ lingerSeconds: 60 });
    const running = worker.run();
    while (!effects.includes('migrate')) await new Promise((resolve) => setTimeout(resolve, 10));
    await worker.stop();
    await running;
    await workshop.work();
    expect((await workshop.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
    expect(effects).toEqual(['ask', 'back-up', 'migrate', 'migrate', 'deploy', 'verify']);
  });
});

describe('a promotion that this engine cannot run', () => {
  it('is left to a newer engine, with nothing written and no attempt counted', async () => {
    await open();
    const id = await workshop.request();
    const before = await workshop.load(id);
    const older = await Workshop.open(await server.createStoreDatabase(), [
      sampleStep({ name: 'ask', phase: 'approval' }),
    ]);
    const { steps } = older.engine();
    await workshop.worker({ lingerSeconds: 0 }, { steps }).run();
    await older.close();
    expect(workshop.errors).toMatchObject([
      { name: 'UnknownStepError', message: 'this engine has no step called back-up' },
    ]);
    expect(await workshop.load(id)).toEqual({ ...before, fence: expect.any(Number) as number });
    expect((await workshop.store.events(id)).map(({ actor }) => actor)).not.toContainEqual(engineActor);
  });

  it('is not claimed again and again when its run fails by a defect', async () => {
    await open();
    await workshop.request();
    const broken = {
      now: () => {
        throw new Error('no clock');
      },
    };
    await workshop.worker({ lingerSeconds: 0.5 }, { clock: broken }).run();
    expect(workshop.errors).toHaveLength(1);
  });
});
