import { verifyChain } from '../../../engine/audit/hash-chain.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { Draft, genesisHash } from '../../../engine/workflow/draft.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import { scheduleContract } from '../../../engine/workflow/schedule-contract.ts';
import { moment, sampleDefinition, samplePromotion, sampleStep } from './sample-promotion.ts';

const steps = [
  sampleStep({ name: 'migrate-database', phase: 'move' }),
  sampleStep({ name: 'verify', phase: 'deploy' }),
];
const { steps: contractSteps } = sampleDefinition([sampleStep({ name: 'contract-database', phase: 'move' })]);
const definition = sampleDefinition(steps, { contractSteps, contractAfterSeconds: 3600, approvalStages: [] });
const verifiedAt = new Date(moment.getTime() + 5000);
const now = new Date(moment.getTime() + 9000);

/** As a promotion that went well stands before its end. */
function ended(output: object, more: Partial<PromotionRecord> = {}): PromotionRecord {
  const promotion = samplePromotion(definition, { state: 'NOTIFICATIONS_SENT', planHash: 'c0ffee', ...more });
  const done = promotion.steps.map((step) => ({
    ...step,
    status: 'done' as const,
    finishedAt: verifiedAt,
    output: step.name === 'migrate-database' ? (output as { waiting?: number[] }) : {},
  }));
  return { ...promotion, steps: done };
}

function scheduled(record: PromotionRecord) {
  const draft = new Draft(record, now, 2);
  scheduleContract(draft, now);
  return draft.toTransition(1);
}

describe('the contract run of a promotion', () => {
  it('is made with its end, waits until the undo window is over, and is linked to it', () => {
    const transition = scheduled(ended({ applied: [3], waiting: [4, 5] }));
    const [followUp, ...more] = transition.followUps;
    expect(more).toEqual([]);
    const until = new Date(verifiedAt.getTime() + 3_600_000);
    const record = followUp?.transition.record;
    expect(record).toMatchObject({
      kind: 'contract',
      contractOf: 'pr-0000000001',
      state: 'INITIALIZING',
      requestedBy: engineActor,
      planHash: 'c0ffee',
      holdsSlot: false,
      stateVersion: 2,
      parked: { reason: 'undo-window', until, detail: expect.stringContaining('migration 4, 5') as string },
      steps: [{ name: 'contract-database', status: 'pending' }],
      definition: { rollback: { isEnabled: false }, gates: [], approvalStages: [] },
    });
    expect(record?.definition.contractSteps).toBeUndefined();
    expect(followUp?.transition).toMatchObject({
      dueAt: until,
      expectedVersion: 0,
      fence: undefined,
      lease: 'release',
    });
    expect(followUp?.resources).toEqual(['slot:shop/staging']);
    expect(transition.events).toMatchObject([
      {
        type: 'follow-up',
        data: { promotion: record?.id, kind: 'contract', migrations: [4, 5], until: until.toISOString() },
      },
    ]);
    const events = followUp?.transition.events ?? [];
    expect([events[0]?.previousHash, verifyChain(record?.id ?? '', events)]).toEqual([genesisHash, []]);
  });

  it.each<[string, PromotionRecord]>([
    ['nothing waits', ended({ applied: [3], waiting: [] })],
    ['an engine migrated that did not say what waits', ended({ applied: [3] })],
    ['it was a dry run', ended({ waiting: [4] }, { isDryRun: true })],
    ['it was a rollback', ended({ waiting: [4] }, { kind: 'rollback' })],
    ['it was a contract run itself', ended({ waiting: [4] }, { kind: 'contract' })],
  ])('is not made when %s', (_why, record) => {
    expect(scheduled(record)).toMatchObject({ followUps: [], events: [] });
  });

  it('is not made for what was asked for before there were such runs, which was told something else', () => {
    const { contractSteps: _, ...former } = definition;
    expect(scheduled(ended({ waiting: [4] }, { definition: former })).followUps).toEqual([]);
  });
});
