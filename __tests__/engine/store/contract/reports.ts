import type { ServiceStore } from '../../../../engine/store/service-store.ts';
import { engineActor } from '../../../../engine/workflow/actor.ts';
import { apply, claimOne, finish, load, requestPromotion, takeSlot, type OpenStore } from './store-fixture.ts';

export function describeReports(opened: OpenStore): void {
  async function ended(store: ServiceStore): Promise<string> {
    const id = await requestPromotion(store);
    await apply(store, await claimOne(store, id), takeSlot);
    await apply(store, await load(store, id), finish);
    return id;
  }
  const take = (store: ServiceStore, leaseSeconds = 60) => store.reports.takeDue(10, leaseSeconds, 1);
  const note = async (store: ServiceStore, id: string) =>
    apply(store, await load(store, id), (draft) => {
      draft.append('note', engineActor, {});
    });
  const settled = { entries: 1000, location: 'reports/x' };

  it('is due when a promotion has ended, and not while it goes on', async () => {
    const { store } = opened();
    const going = await requestPromotion(store);
    await note(store, going);
    expect(await take(store)).toEqual([]);
    const id = await ended(store);
    expect((await take(store)).map(({ promotionId }) => promotionId)).toEqual([id]);
  });

  it('is given to one at a time, under a fence above every run of the promotion', async () => {
    const { store, open } = opened();
    const id = await ended(store);
    const { fence } = await load(store, id);
    const [first] = await take(store);
    expect(first?.fence).toBeGreaterThan(fence);
    expect(await take(await open())).toEqual([]);
  });

  it('is given to the next when its lease is over, and whoever was slower settles nothing', async () => {
    const { store } = opened();
    await ended(store);
    const [slow] = await take(store, 0);
    const [quick] = await take(store, 0);
    if (slow === undefined || quick === undefined) throw new Error('it was to be due twice');
    expect(quick.fence).toBeGreaterThan(slow.fence);
    await store.reports.settle(slow, settled);
    expect(await take(store, 0)).toHaveLength(1);
  });

  it('is due again when the trail has grown since, also while it was written', async () => {
    const { store } = opened();
    const id = await ended(store);
    const [due] = await take(store);
    const entries = (await load(store, id)).eventSeq;
    if (due === undefined) throw new Error('it was to be due');
    await note(store, id);
    await store.reports.settle(due, { entries, location: 'reports/x' });
    const [again] = await take(store);
    if (again === undefined) throw new Error('it was to be due again');
    await store.reports.settle(again, { entries: entries + 1, location: 'reports/x' });
    expect(await take(store)).toEqual([]);
    await note(store, id);
    expect(await take(store)).toHaveLength(1);
  });

  it('is not due while the promotion is taken up again', async () => {
    const { store } = opened();
    const id = await ended(store);
    await apply(store, await load(store, id), (draft) => {
      draft.clearFailure(engineActor);
      draft.moveTo('INITIALIZING', engineActor);
    });
    expect(await take(store)).toEqual([]);
  });

  it('is left to a newer engine where that ended the promotion', async () => {
    const { store } = opened();
    await ended(store);
    expect(await store.reports.takeDue(10, 60, 0)).toEqual([]);
  });
}
