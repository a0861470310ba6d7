import { verifyChain } from '../../../../engine/audit/hash-chain.ts';
import type { DeclaredFreeze, Hold } from '../../../../engine/schedule/schedule.ts';
import type { AdministrationEvent } from '../../../../engine/store/administration-store.ts';
import type { ServiceStore } from '../../../../engine/store/service-store.ts';
import { engineActor } from '../../../../engine/workflow/actor.ts';
import {
  addRelease,
  apply,
  claim,
  claimOne,
  farAway,
  load,
  requestPromotion,
  type OpenStore,
} from './store-fixture.ts';

const at = new Date('2026-11-20T10:00:00.000Z');
const hours = (count: number): Date => new Date(at.getTime() + count * 3_600_000);
const event = (type: string): AdministrationEvent => ({ at, type, actor: engineActor, data: {} });
const hold = (more: Partial<Hold> = {}): Hold => ({
  application: 'shop',
  environment: 'staging',
  reason: 'an incident',
  heldBy: 'olga',
  since: at,
  until: undefined,
  ...more,
});
const freeze = (more: Partial<DeclaredFreeze> = {}): DeclaredFreeze => ({
  id: 'freeze-1',
  name: 'year end',
  application: '*',
  environment: '*',
  reason: 'nobody is there',
  from: hours(1),
  to: hours(5),
  exceptHotfix: true,
  declaredBy: 'olga',
  declaredAt: at,
  ...more,
});

export function describeCalendar(opened: OpenStore): void {
  const eventsOf = async (store: ServiceStore) => (await store.administrationEvents()).map(({ type }) => type);

  /** A promotion that is approved and waits for its window, to be looked at at a time. */
  async function waiting(store: ServiceStore, until: Date | undefined, environment = 'staging'): Promise<string> {
    const id = await requestPromotion(store, { environment, state: 'APPROVAL_GRANTED' });
    await apply(store, await claimOne(store, id), (draft) => {
      draft.park({ reason: 'window', detail: 'closed', until }, engineActor);
    });
    return id;
  }

  it('keeps one hold for each application and environment, and writes an entry for each change of it', async () => {
    const { store } = opened();
    const { calendar } = store;
    expect(await calendar.hold(hold(), event('held'))).toBe(true);
    expect(await calendar.hold(hold({ since: hours(1) }), event('held'))).toBe(false);
    expect(await calendar.hold(hold({ until: hours(3) }), event('held-again'))).toBe(true);
    expect(await calendar.holds({})).toEqual([hold({ until: hours(3) })]);
    expect(await calendar.releaseHold('shop', 'staging', event('released'))).toBe(true);
    expect(await calendar.releaseHold('shop', 'staging', event('released'))).toBe(false);
    expect(await calendar.holds({})).toEqual([]);
    expect(await eventsOf(store)).toEqual(['held', 'held-again', 'released']);
    expect(verifyChain('administration', await store.administrationEvents())).toEqual([]);
  });

  it('keeps freezes until they are lifted', async () => {
    const { store } = opened();
    const { calendar } = store;
    await calendar.declareFreeze(freeze({ id: 'freeze-2', from: hours(2) }), event('declared'));
    await calendar.declareFreeze(freeze(), event('declared'));
    expect((await calendar.freezes({})).map(({ id }) => id)).toEqual(['freeze-1', 'freeze-2']);
    expect(await calendar.liftFreeze('freeze-2', event('lifted'))).toBe(true);
    expect(await calendar.liftFreeze('freeze-2', event('lifted'))).toBe(false);
    expect(await calendar.freezes({})).toEqual([freeze()]);
    expect(await eventsOf(store)).toEqual(['declared', 'declared', 'lifted']);
  });

  it('tells a promotion what concerns it and is not over', async () => {
    const { store } = opened();
    const { calendar } = store;
    await calendar.hold(hold({ application: '*', until: hours(3) }), event('held'));
    await calendar.hold(hold({ environment: 'production' }), event('held'));
    await calendar.hold(hold({ application: 'blog' }), event('held'));
    await calendar.declareFreeze(freeze(), event('declared'));
    await calendar.declareFreeze(freeze({ id: 'freeze-2', application: 'blog' }), event('declared'));
    await calendar.declareFreeze(freeze({ id: 'freeze-3', environment: 'production' }), event('declared'));
    const now = await store.declarations('shop', 'staging', at);
    expect(now.holds).toEqual([hold({ application: '*', until: hours(3) })]);
    expect(now.freezes.map(({ id }) => id)).toEqual(['freeze-1']);
    expect((await store.declarations('shop', 'staging', hours(3))).holds).toEqual([]);
    expect((await store.declarations('shop', 'staging', hours(5))).freezes).toEqual([]);
  });

  const staging = { application: 'shop', environment: 'staging' };
  it.each<[string, (store: ServiceStore) => Promise<unknown>]>([
    ['is held', ({ calendar }) => calendar.hold(hold({ reason: 'another' }), event('held'))],
    ['is released', ({ calendar }) => calendar.releaseHold('shop', 'staging', event('released'))],
    ['is frozen', ({ calendar }) => calendar.declareFreeze(freeze({ id: 'freeze-2', ...staging }), event('declared'))],
    ['is thawed', ({ calendar }) => calendar.liftFreeze('freeze-1', event('lifted'))],
  ])('has what waits for its window look again when its target %s, and nothing else', async (_, change) => {
    const { store } = opened();
    await store.calendar.hold(hold(), event('held'));
    await store.calendar.declareFreeze(freeze(staging), event('declared'));
    const [asleep, later] = [await waiting(store, undefined), await waiting(store, farAway)];
    await waiting(store, farAway, 'production');
    await change(store);
    const due = (await claim(store)).map(({ id }) => id);
    expect(due.toSorted()).toEqual([asleep, later].toSorted());
  });

  it('refuses what a run has decided by what was declared before', async () => {
    const { store } = opened();
    await store.calendar.hold(hold(), event('held'));
    const id = await requestPromotion(store, { state: 'APPROVAL_GRANTED' });
    const claimed = await claimOne(store, id);
    await store.calendar.releaseHold('shop', 'staging', event('released'));
    await expect(
      apply(store, claimed, (draft) => {
        draft.park({ reason: 'window', detail: 'held', until: undefined }, engineActor);
      }),
    ).rejects.toThrow('conflict');
    expect((await load(store, id)).parked).toBeUndefined();
  });

  it('resumes auto-promotion that was paused, once', async () => {
    const { store } = opened();
    const release = await addRelease(store);
    await store.recordBaseline({ application: 'shop', environment: 'staging', releaseId: release }, event('adopted'));
    const id = await requestPromotion(store);
    await apply(store, await claimOne(store, id), (draft) => {
      draft.pauseAutoPromotion('staging', engineActor);
    });
    expect(await store.calendar.resumeAutoPromotion('shop', 'staging', event('resumed'))).toBe(true);
    expect(await store.calendar.resumeAutoPromotion('shop', 'staging', event('resumed'))).toBe(false);
    expect((await store.environments('shop'))[0]?.autoPromotionPausedAt).toBeUndefined();
    expect(await eventsOf(store)).toEqual(['adopted', 'resumed']);
  });
}
