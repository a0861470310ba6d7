import type { ServiceStore } from '../../../../engine/store/service-store.ts';
import { engineActor } from '../../../../engine/workflow/actor.ts';
import { Draft } from '../../../../engine/workflow/draft.ts';
import { newPromotionId, slotResources } from '../../../../engine/workflow/new-promotion.ts';
import type { PromotionRecord } from '../../../../engine/workflow/promotion.ts';
import type { FollowUp } from '../../../../engine/workflow/transition.ts';
import {
  addRelease,
  apply,
  claim,
  claimOne,
  commit,
  farAway,
  finish,
  load,
  requestPromotion,
  stateVersion,
  takeSlot,
  type OpenStore,
} from './store-fixture.ts';

const at = new Date('2026-11-20T10:00:00.000Z');

/** A contract run of a promotion, waiting until a time. */
function contractOf(promotion: PromotionRecord, until: Date): FollowUp {
  const record: PromotionRecord = {
    ...promotion,
    id: newPromotionId(),
    kind: 'contract',
    contractOf: promotion.id,
    state: 'INITIALIZING',
    version: 0,
    fence: 0,
    eventSeq: 0,
    headHash: '0'.repeat(64),
    holdsSlot: false,
    steps: promotion.steps.map((step) => ({ ...step, status: 'pending' as const })),
    endedAt: undefined,
  };
  const draft = new Draft(record, at, stateVersion);
  draft.append('requested', engineActor, {});
  draft.park({ reason: 'undo-window', detail: 'waits', until }, engineActor);
  return { record, resources: slotResources(record), transition: draft.toTransition(undefined) };
}

/** Ends a promotion that holds its slot, and leaves a contract run behind. */
function finishWith(followUp: FollowUp): (draft: Draft) => void {
  return (draft) => {
    draft.followUp(followUp, engineActor, {});
    finish(draft);
  };
}

export function describeFollowUps(opened: OpenStore): void {
  async function holding(store: ServiceStore, environment = 'staging'): Promise<PromotionRecord> {
    const id = await requestPromotion(store, { environment });
    return apply(store, await claimOne(store, id), takeSlot);
  }
  const contracts = (store: ServiceStore) => store.listPromotions({ kinds: ['contract'], limit: 10 });
  const isDue = async (store: ServiceStore, id: string) =>
    (await claim(store, { promotionId: id, now: new Date() })).length === 1;

  it('is stored with what brings it about: row, steps, entries and when it is due', async () => {
    const { store } = opened();
    const promotion = await holding(store);
    const followUp = contractOf(promotion, farAway);
    await apply(store, promotion, finishWith(followUp));
    const { id } = followUp.record;
    expect(await load(store, id)).toMatchObject({
      kind: 'contract',
      contractOf: promotion.id,
      state: 'INITIALIZING',
      parked: { reason: 'undo-window', until: farAway },
      version: 1,
      eventSeq: 2,
    });
    expect((await load(store, id)).steps).toHaveLength(3);
    expect((await store.events(id)).map(({ type }) => type)).toEqual(['requested', 'parked']);
    expect(await isDue(store, id)).toBe(false);
    expect(await claim(store, { promotionId: id, now: farAway })).toHaveLength(1);
    expect((await store.events(promotion.id)).map(({ type }) => type)).toContain('follow-up');
  });

  it('is not stored when that is refused', async () => {
    const { store } = opened();
    const promotion = await holding(store);
    const stale = { ...promotion, version: promotion.version - 1 };
    expect(await commit(store, stale, finishWith(contractOf(promotion, farAway)))).toEqual({ outcome: 'conflict' });
    const zombie = finishWith(contractOf(promotion, farAway));
    expect(await commit(store, promotion, zombie, promotion.fence - 1)).toEqual({ outcome: 'lost-lease' });
    expect(await contracts(store)).toEqual([]);
  });

  it('takes nothing from others that are committed together with it', async () => {
    const { store } = opened();
    const promotions = await Promise.all(['qa', 'uat', 'staging'].map((name) => holding(store, name)));
    const outcomes = await Promise.all(
      promotions.map((promotion, index) =>
        commit(store, promotion, index === 1 ? finish : finishWith(contractOf(promotion, farAway))),
      ),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied']);
    const made = (await contracts(store)).map((each) => each.contractOf);
    expect(made.toSorted()).toEqual([promotions[0]?.id, promotions[2]?.id].toSorted());
  });

  it('is called when another promotion ends in its environment, and nowhere else', async () => {
    const { store } = opened();
    const first = await holding(store);
    const followUp = contractOf(first, farAway);
    await apply(store, first, finishWith(followUp));
    const { id } = followUp.record;
    await apply(store, await holding(store, 'qa'), finish);
    expect(await isDue(store, id)).toBe(false);
    await apply(store, await holding(store), finish);
    expect(await isDue(store, id)).toBe(true);
  });

  it('says until when the release that runs can be undone', async () => {
    const { store } = opened();
    const promotion = await holding(store);
    const until = async () =>
      (await store.environments('shop')).find(({ name }) => name === 'staging')?.undoWindowUntil;
    const deployed = await apply(store, promotion, (draft) => {
      draft.startStep('deploy', engineActor);
      const environment = { name: 'staging', releaseId: promotion.releaseId, isVerified: true };
      draft.finishStep('deploy', engineActor, 'deployed', {}, { environment });
    });
    expect(await until()).toBeUndefined();
    const followUp = contractOf(deployed, farAway);
    await apply(store, deployed, finishWith(followUp));
    expect(await until()).toEqual(farAway);
    const other = { application: 'shop', environment: 'staging', releaseId: await addRelease(store, 'shop', 'v9') };
    await store.recordBaseline(other, { at, type: 'adopted', actor: engineActor, data: {} });
    expect(await until()).toBeUndefined();
    const same = { application: 'shop', environment: 'staging', releaseId: promotion.releaseId };
    await store.recordBaseline(same, { at, type: 'adopted', actor: engineActor, data: {} });
    expect(await until()).toEqual(farAway);
    await apply(store, await load(store, followUp.record.id), (draft) => {
      draft.moveTo('CANCELLED', engineActor);
    });
    expect(await until()).toBeUndefined();
  });
}
