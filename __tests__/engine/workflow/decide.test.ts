import fc from 'fast-check';
import { verifyChain } from '../../../engine/audit/hash-chain.ts';
import { decide, stepsToCompensate } from '../../../engine/workflow/decide.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import { isEndState } from '../../../engine/workflow/state.ts';
import { mayFollow } from '../../../engine/workflow/transition-table.ts';
import { sampleDefinition, samplePromotion, sampleStep } from './sample-promotion.ts';
import { interferences, outcomes, SimulatedPromotion, type Script } from './simulated-promotion.ts';

const well: Script = {
  outcomes: [],
  interferences: [],
  faults: [],
  isRollbackEnabled: true,
  isDryRun: false,
  takenBackBy: 'engine',
};

/** Mostly what goes well, and at first only that, so that what goes wrong does so everywhere and not just early. */
function mostly<T>(usual: T, others: readonly T[], weight: number, longestPeace: number): fc.Arbitrary<readonly T[]> {
  const some = fc.oneof({ weight, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));
  return fc
    .tuple(fc.nat({ max: longestPeace }), fc.array(some, { maxLength: 30 }))
    .map(([peace, rest]) => [...Array.from({ length: peace }, () => usual), ...rest]);
}

const script: fc.Arbitrary<Script> = fc.record({
  outcomes: mostly<Script['outcomes'][number]>('done', [...outcomes, 'reject', 'send-back'], 4, 11),
  interferences: mostly<Script['interferences'][number]>('none', interferences, 12, 11),
  faults: mostly<Script['faults'][number]>('none', ['die-before', 'die-after', 'slot-busy'], 8, 20),
  isRollbackEnabled: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  takenBackBy: fc.constantFrom('engine' as const, 'hand' as const),
  isDryRun: fc.oneof({ weight: 19, arbitrary: fc.constant(false) }, fc.constant(true)),
});

async function walk(each: Script): Promise<{ readonly promotion: SimulatedPromotion; readonly end: PromotionRecord }> {
  const promotion = new SimulatedPromotion(each);
  return { promotion, end: await promotion.runToEnd() };
}

const property = (check: (walked: Awaited<ReturnType<typeof walk>>, each: Script) => void | Promise<void>) =>
  fc.assert(
    fc.asyncProperty(script, async (each) => {
      await check(await walk(each), each);
    }),
    { numRuns: 150 },
  );

const eventsOf = (promotion: SimulatedPromotion, type: string) =>
  promotion.store.transitions.flatMap(({ events }) => events).filter((event) => event.type === type);

const compensable = ['deploy', 'migrate', 'configure'];

describe('a promotion, whatever its steps answer, wherever its process dies and whatever people ask', () => {
  it('ends, by moves that the table allows, with every entry of its trail linked', () =>
    property(({ promotion, end }) => {
      expect(isEndState(end.state)).toBe(true);
      let state: PromotionRecord['state'] = 'INITIALIZING';
      for (const { data } of eventsOf(promotion, 'state-changed')) {
        expect(data['from']).toBe(state);
        expect(mayFollow(data['from'] as PromotionRecord['state'], data['to'] as PromotionRecord['state'])).toBe(true);
        state = data['to'] as PromotionRecord['state'];
      }
      expect(state).toBe(end.state);
      const entries = promotion.store.transitions.flatMap(({ events }) => events);
      expect(verifyChain(end.id, entries)).toEqual([]);
      expect(entries.at(-1)?.hash).toBe(end.headHash);
    }));

  it('changes its target only while it holds the slot', () =>
    property(({ promotion }, { isDryRun }) => {
      const outside = promotion.calls.filter(
        ({ phase, mode }) => mode === 'compensate' || ['move', 'deploy'].includes(phase),
      );
      expect(outside.filter(({ heldSlot }) => !heldSlot)).toEqual([]);
      if (isDryRun) expect(outside).toEqual([]);
      const deciding = ['VALIDATING_CONDITIONS', 'PENDING_APPROVAL', 'APPROVAL_GRANTED'];
      const held = promotion.store.transitions.filter(
        ({ record }) => record.holdsSlot && deciding.includes(record.state),
      );
      expect(held).toEqual([]);
    }));

  it('undoes what it began in reverse, each thing once, and nothing else', () =>
    property(({ promotion, end }) => {
      const undone = eventsOf(promotion, 'compensation-finished').map(({ data }) => data['step']);
      expect(new Set(undone).size).toBe(undone.length);
      const begun = new Set(promotion.calls.filter(({ mode }) => mode === 'run').map(({ step }) => step));
      const due = compensable.filter((step) => begun.has(step));
      expect(undone).toEqual(due.slice(0, undone.length).filter((step) => undone.some((each) => each === step)));
      if (end.state === 'ROLLED_BACK') expect(undone).toEqual(expect.arrayContaining(due));
      if (end.state === 'COMPLETED_SUCCESSFULLY') expect(undone).toEqual([]);
    }));

  it('keeps its slot only when a person must look at what is left of its rollback', () =>
    property(({ promotion, end }) => {
      expect(end.holdsSlot).toBe(end.state === 'ROLLBACK_FAILED');
      const last = promotion.store.transitions.findLast(({ resources }) => resources !== undefined)?.resources;
      expect(last === 'acquire').toBe(end.holdsSlot);
      expect(promotion.store.transitions.at(-1)).toMatchObject({ lease: 'release', dueAt: 'never' });
    }));

  it('ends as what happened to it', () =>
    property(({ promotion, end }, { isDryRun }) => {
      const unfinished = end.steps
        .filter(({ status }) => status !== 'done' && status !== 'skipped')
        .map(({ name }) => name);
      switch (end.state) {
        case 'COMPLETED_SUCCESSFULLY':
          expect(unfinished).toEqual(isDryRun ? [] : ['verify-rollback']);
          expect(end).toMatchObject({ failure: undefined, rollback: undefined });
          break;
        case 'FAILED':
          expect(end.failure).toBeDefined();
          expect(end.rollback).toBeUndefined();
          // Nothing stays half-way: where the rules do not take it back, it waits until a person has.
          if (!['report', 'notify'].includes(end.failure?.step ?? '')) expect(stepsToCompensate(end)).toEqual([]);
          break;
        case 'ROLLED_BACK':
          expect(end.rollback).toBeDefined();
          expect(stepsToCompensate(end)).toEqual([]);
          break;
        case 'ROLLBACK_FAILED':
          expect(end.rollback).toBeDefined();
          expect(unfinished.length).toBeGreaterThan(0);
          break;
        case 'CANCELLED':
          expect(end.rollback).toBeDefined();
          expect(promotion.calls.filter(({ phase }) => phase === 'move' || phase === 'deploy')).toEqual([]);
          break;
        case 'REJECTED':
          expect(promotion.calls.at(-1)?.step).toBe('ask');
          break;
        default:
          throw new Error(`nothing in the script leads to ${end.state}`);
      }
    }));

  it('ends as its report says, unless telling people fails for good after that', () =>
    property(({ promotion, end }) => {
      const told = promotion.calls.findLast(({ phase }) => phase === 'report');
      if (told === undefined || ['report', 'notify'].includes(end.failure?.step ?? '')) return;
      expect(told.outcome).toBe(end.state);
    }));

  it('does nothing more when it is claimed once more after its end', () =>
    property(async ({ promotion, end }) => {
      const calls = promotion.calls.length;
      await promotion.runOnceMore();
      expect(promotion.calls.length).toBe(calls);
      expect(promotion.store.record).toMatchObject({ state: end.state, eventSeq: end.eventSeq });
      expect(promotion.store.transitions.at(-1)).toMatchObject({ lease: 'release', dueAt: 'never' });
    }));
});

it('meets every end that its steps and people can bring about', async () => {
  const ends = new Set<string>();
  for (const each of fc.sample(script, { numRuns: 2_000, seed: 7 })) ends.add((await walk(each)).end.state);
  expect([...ends].toSorted()).toEqual([
    'CANCELLED',
    'COMPLETED_SUCCESSFULLY',
    'FAILED',
    'REJECTED',
    'ROLLBACK_FAILED',
    'ROLLED_BACK',
  ]);
});

describe('a promotion that meets nothing', () => {
  it('goes through its states in order', async () => {
    const { promotion, end } = await walk(well);
    expect(eventsOf(promotion, 'state-changed').map(({ data }) => data['to'])).toEqual([
      'VALIDATING_CONDITIONS',
      'PENDING_APPROVAL',
      'APPROVAL_GRANTED',
      'QUEUED',
      'VALIDATION_RUNNING',
      'VALIDATION_PASSED',
      'PROMOTION_RUNNING',
      'PROMOTION_SUCCEEDED',
      'TRIGGERING_DEPLOYMENT',
      'GENERATING_REPORTS',
      'NOTIFICATIONS_SENT',
      'COMPLETED_SUCCESSFULLY',
    ]);
    expect(end.steps.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1]);
  });

  it('checks and changes nothing when it is a dry run', async () => {
    const { promotion, end } = await walk({ ...well, isDryRun: true });
    expect(end.state).toBe('COMPLETED_SUCCESSFULLY');
    expect(promotion.calls.map(({ step }) => step)).toEqual(['look', 'check']);
    expect(promotion.store.transitions.some(({ resources }) => resources !== undefined)).toBe(false);
  });

  it('writes the next attempt of a step into its state, and comes back from it', async () => {
    const { promotion } = await walk({ ...well, outcomes: ['done', 'done', 'done', 'done', 'transient'] });
    const moves = eventsOf(promotion, 'state-changed').map(({ data }) => data['to']);
    expect(moves.slice(6, 9)).toEqual(['PROMOTION_RUNNING', 'PROMOTION_RETRYING', 'PROMOTION_RUNNING']);
  });

  it('fails a step that answers what it may not, instead of stopping for ever', async () => {
    const { end } = await walk({ ...well, outcomes: ['send-back', 'send-back', 'send-back'] });
    expect(end).toMatchObject({
      state: 'FAILED',
      failure: {
        step: 'look',
        error: { message: 'look answered send-back, which it may not here (run, phase initialize)' },
      },
    });
  });
});

describe('a state that says more than the steps', () => {
  const steps = [
    sampleStep({ name: 'look', phase: 'initialize' }),
    sampleStep({ name: 'verify', phase: 'deploy' }),
    sampleStep({ name: 'notify', phase: 'notify' }),
  ];
  const fresh = samplePromotion(sampleDefinition(steps));
  const finishedUntil = (name: string): PromotionRecord['steps'] => {
    const first = fresh.steps.findIndex((step) => step.name === name);
    return fresh.steps.map((step, index) => (index < first ? { ...step, status: 'done' } : step));
  };

  it.each([
    ['TRIGGERING_DEPLOYMENT', 'look'],
    ['PROMOTION_RUNNING', 'look'],
    ['GENERATING_REPORTS', 'verify'],
    ['NOTIFICATIONS_SENT', 'verify'],
    ['NOTIFICATIONS_SENT', 'notify'],
  ] as const)('%s stops the run instead of passing over %s', (state, unfinished) => {
    expect(() => decide({ ...fresh, state, steps: finishedUntil(unfinished) })).toThrow(
      `${fresh.id} is ${state}, yet its step ${unfinished} is not finished`,
    );
  });
});
