import { verifyChain } from '../../../../engine/audit/hash-chain.ts';
import { engineActor } from '../../../../engine/workflow/actor.ts';
import type { ErrorReport } from '../../../../engine/workflow/error-report.ts';
import { Draft } from '../../../../engine/workflow/draft.ts';
import { ana } from '../../workflow/sample-promotion.ts';
import {
  apply,
  claimOne,
  commit,
  load,
  requestPromotion,
  stateVersion,
  takeSlot,
  type OpenStore,
} from './store-fixture.ts';

const error: ErrorReport = {
  category: 'NETWORK',
  severity: 'HIGH',
  isRetryable: true,
  message: 'gone “€” \\ \' "',
  code: 'ECONNRESET',
  remedy: 'Wait.',
};
const note = (text: string) => (draft: Draft) => {
  draft.append('noted', ana, { text });
};

export function describeCommitting(opened: OpenStore): void {
  it('stores everything that changed together, and reads it back as it was', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    const at = new Date('2026-11-20T10:00:00.123Z');
    const draft = new Draft(await claimOne(store, id), at, stateVersion);
    const plan = { hash: 'f'.repeat(64), body: { images: ['ä', 1.5, null, { deep: [true] }] } };
    draft.startStep('look', engineActor);
    draft.finishStep('look', engineActor, 'seen', { release: 'v1' }, { plan });
    draft.startStep('back-up', engineActor);
    draft.failStep('back-up', engineActor, error);
    draft.fail('back-up', engineActor, error, true);
    draft.startCompensation('deploy', engineActor);
    draft.requestRollback({ trigger: 'manual', reason: 'bad', requestedBy: 'ana', at, acceptsDataLoss: true }, ana);
    const vote = { stage: 'sre', actor: 'ben', decision: 'rejected', planHash: plan.hash, comment: 'no', at } as const;
    draft.vote(vote, ana);
    draft.announce('promotion.failed', { why: 'gone' });
    draft.parkCompensation(
      'deploy',
      engineActor,
      { reason: 'rollout', detail: 'going back', until: at },
      { generation: 3 },
    );
    const transition = draft.toTransition(draft.record.fence);
    const outcome = await store.commit(transition);

    expect(outcome).toEqual({ outcome: 'applied', version: transition.expectedVersion + 1, fence: draft.record.fence });
    // What is absent may be told as a key without a value or as no key at all.
    expect(await load(store, id)).toEqual({ ...draft.record, version: transition.expectedVersion + 1 });
    expect(await store.votes(id)).toEqual([vote]);
    expect(await store.plan(plan.hash)).toEqual(plan);
    const events = await store.events(id);
    expect(events.slice(1)).toEqual(transition.events);
    expect(verifyChain(id, events)).toEqual([]);
  });

  it('refuses what was decided on an older version, and writes nothing of it', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    const read = await claimOne(store, id);
    const now = await apply(store, read, note('first'));
    expect(await commit(store, read, note('second'))).toEqual({ outcome: 'conflict' });
    expect(await load(store, id)).toEqual(now);
    expect(await store.events(id)).toHaveLength(2);
  });

  it('refuses whoever does not hold the promotion, even on the newest version', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    const record = await claimOne(store, id);
    expect(await commit(store, record, note('late'), record.fence - 1)).toEqual({ outcome: 'lost-lease' });
    expect(await store.events(id)).toHaveLength(1);
  });

  it('takes a person’s command without a lease, whoever runs the promotion', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    const run = await claimOne(store, id);
    expect(await commit(store, run, note('stop'), undefined)).toMatchObject({ outcome: 'applied' });
    expect(await commit(store, run, note('step done'))).toEqual({ outcome: 'conflict' });
    expect(await commit(store, await load(store, id), note('step done'), run.fence)).toMatchObject({
      outcome: 'applied',
    });
  });

  it('says so when there is no such promotion', async () => {
    const { store } = opened();
    const record = await load(store, await requestPromotion(store));
    expect(await commit(store, { ...record, id: 'pr-gone' }, note('?'))).toEqual({ outcome: 'missing' });
  });

  it('applies exactly one of many that were decided on the same version', async () => {
    const { store, open } = opened();
    const id = await requestPromotion(store);
    const record = await claimOne(store, id);
    const stores = [store, await open(), await open()];
    const outcomes = await Promise.all(
      Array.from({ length: 15 }, (_, index) => commit(stores[index % 3] ?? store, record, note(String(index)))),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'applied')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'conflict')).toHaveLength(14);
    const events = await store.events(id);
    expect(events).toHaveLength(2);
    expect(verifyChain(id, events)).toEqual([]);
  });

  it('does not let one bad transition among many take the others with it', async () => {
    const { store } = opened();
    const ids = await Promise.all(
      Array.from({ length: 12 }, (_, index) => requestPromotion(store, { environment: `env-${String(index)}` })),
    );
    const records = await Promise.all(ids.map((id) => claimOne(store, id)));
    const results = await Promise.allSettled(
      records.map((record, index) => {
        const draft = new Draft(record, new Date(), stateVersion);
        draft.append('noted', ana, { index });
        const transition = draft.toTransition(record.fence);
        // An entry that is there already breaks the chain's own key, as a defect of a caller would.
        const isBad = index === 5;
        return store.commit(
          isBad ? { ...transition, events: transition.events.map((event) => ({ ...event, seq: 1 })) } : transition,
        );
      }),
    );
    expect(results.map(({ status }) => status)).toEqual(
      ids.map((_, index) => (index === 5 ? 'rejected' : 'fulfilled')),
    );
    for (const [index, id] of ids.entries()) expect(await store.events(id)).toHaveLength(index === 5 ? 1 : 2);
  });

  it('stores nothing of a transition whose slot is taken', async () => {
    const { store } = opened();
    const [holder, other] = [await requestPromotion(store), await requestPromotion(store)];
    await apply(store, await claimOne(store, holder), takeSlot);
    const before = await claimOne(store, other);
    expect(await commit(store, before, takeSlot)).toEqual({ outcome: 'slot-busy' });
    expect(await load(store, other)).toEqual(before);
    expect(await store.events(other)).toHaveLength(1);
  });

  it('makes a promotion with its steps and its first entry, or the one that was made before under the key', async () => {
    const { store, open } = opened();
    const another = await open();
    const ids = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        requestPromotion(index % 2 === 0 ? store : another, { idempotencyKey: 'deploy-17' }),
      ),
    );
    expect(new Set(ids).size).toBe(1);
    const id = ids[0] ?? '';
    expect((await load(store, id)).steps).toHaveLength(3);
    expect(await store.events(id)).toHaveLength(1);
    expect(await store.listPromotions({ limit: 10 })).toHaveLength(1);
    expect(await store.findByIdempotencyKey('deploy-17')).toBe(id);
    expect(await store.findByIdempotencyKey('deploy-18')).toBeUndefined();
    expect(await requestPromotion(store, { idempotencyKey: 'deploy-18' })).not.toBe(id);
    expect(await requestPromotion(store)).not.toBe(await requestPromotion(store));
  });
}
