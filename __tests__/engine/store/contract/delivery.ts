import type { ServiceStore } from '../../../../engine/store/service-store.ts';
import { engineActor } from '../../../../engine/workflow/actor.ts';
import {
  apply,
  claimOne,
  commit,
  farAway,
  load,
  requestPromotion,
  stateVersion,
  type OpenStore,
} from './store-fixture.ts';

const dispatch = (store: ServiceStore, limit = 20, startTimeoutSeconds = 60) =>
  store.takeDispatch(limit, startTimeoutSeconds, stateVersion);

export function describeDelivery(opened: OpenStore): void {
  /** Leaves `count` messages in the outbox. @returns their ids. */
  async function send(store: ServiceStore, count: number): Promise<readonly string[]> {
    const id = await requestPromotion(store);
    const sent = await apply(store, await claimOne(store, id), (draft) => {
      for (let index = 0; index < count; index += 1) {
        draft.append('noted', engineActor, { index });
        draft.announce('plan.changed', { index });
      }
    });
    return Array.from({ length: count }, (_, index) => `${id}-${String(sent.eventSeq - count + 1 + index)}`);
  }

  it('hands a due promotion to one run, under an id of its own', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    const [handed] = await dispatch(store);
    expect(handed).toEqual({ promotionId: id, runId: handed?.runId });
    expect(handed?.runId).not.toBe('');
    expect(await dispatch(store)).toEqual([]);
  });

  it('never hands one run out twice to many that ask at once', async () => {
    const { store, open } = opened();
    const ids = await Promise.all(
      Array.from({ length: 30 }, (_, index) => requestPromotion(store, { environment: `env-${String(index)}` })),
    );
    const stores = [store, await open(), await open()];
    const handed = (
      await Promise.all(Array.from({ length: 15 }, (_, index) => dispatch(stores[index % 3] ?? store, 4)))
    ).flat();
    const rest = await dispatch(store, 100);
    expect([...handed, ...rest].map(({ promotionId }) => promotionId).toSorted()).toEqual(ids.toSorted());
    expect(new Set([...handed, ...rest].map(({ runId }) => runId)).size).toBe(ids.length);
  });

  it('hands a promotion out again when its run never began', async () => {
    const { store } = opened();
    await requestPromotion(store);
    const [first] = await dispatch(store);
    const [second] = await dispatch(store, 20, 0);
    expect(second?.promotionId).toBe(first?.promotionId);
    expect(second?.runId).not.toBe(first?.runId);
  });

  it('leaves alone what a run holds, and hands it out when that run is gone', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    await dispatch(store);
    const run = await claimOne(store, id);
    expect(await dispatch(store, 20, 0)).toEqual([]);
    await store.renew([{ promotionId: id, fence: run.fence }], 0);
    expect(await dispatch(store, 20, 0)).toHaveLength(1);
  });

  it('hands a promotion out as soon as the lease of its run is over, and then waits for the new run to begin', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    await dispatch(store);
    const run = await claimOne(store, id);
    await store.renew([{ promotionId: id, fence: run.fence }], 0);
    expect(await dispatch(store)).toHaveLength(1);
    expect(await dispatch(store)).toEqual([]);
  });

  it('hands out what parked only when it is due, and at once when somebody makes it due', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    await dispatch(store);
    await apply(store, await claimOne(store, id), (draft) => {
      draft.park({ reason: 'approval', detail: '0 of 1', until: farAway }, engineActor);
    });
    expect(await dispatch(store, 20, 0)).toEqual([]);
    await commit(
      store,
      await load(store, id),
      (draft) => {
        draft.makeDue();
      },
      undefined,
    );
    expect(await dispatch(store)).toHaveLength(1);
  });

  it('never hands out what has ended', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    await apply(store, await claimOne(store, id), (draft) => {
      draft.moveTo('CANCELLED', engineActor);
    });
    expect(await dispatch(store, 20, 0)).toEqual([]);
  });

  it('keeps a message until it is marked as sent, under one id however often it is given', async () => {
    const { store } = opened();
    const [eventId] = await send(store, 1);
    const [first] = await store.takeOutbox(10, 0);
    expect(first).toMatchObject({
      eventId,
      type: 'plan.changed',
      body: { application: 'shop', index: 0 },
      attempts: 1,
    });
    const [second] = await store.takeOutbox(10, 60);
    expect(second).toMatchObject({ eventId, attempts: 2, createdAt: first?.createdAt });
    expect(await store.takeOutbox(10, 60)).toEqual([]);
    await store.markSent([eventId ?? '']);
    await store.markSent([]);
    expect(await store.takeOutbox(10, 0)).toEqual([]);
  });

  it('gives each message to one of many that ask at once', async () => {
    const { store, open } = opened();
    const sent = await send(store, 60);
    const stores = [store, await open()];
    const taken = (
      await Promise.all(Array.from({ length: 12 }, (_, index) => (stores[index % 2] ?? store).takeOutbox(7, 60)))
    ).flat();
    const rest = await store.takeOutbox(100, 60);
    expect([...taken, ...rest].map(({ eventId }) => eventId).toSorted()).toEqual([...sent].toSorted());
  });

  it('hands a message to each channel once, and takes it out of the outbox with that', async () => {
    const { store } = opened();
    const [eventId = ''] = await send(store, 1);
    await store.deliveries.handOver(eventId, ['chat', 'mail']);
    await store.deliveries.handOver(eventId, ['chat']);
    expect(await store.takeOutbox(10, 0)).toEqual([]);
    const taken = await store.deliveries.takeDeliveries(10, 60);
    expect(taken).toMatchObject([
      { channel: 'chat', attempts: 1, message: { eventId, type: 'plan.changed', body: { index: 0 } } },
      { channel: 'mail', attempts: 1, message: { eventId } },
    ]);
    expect(await store.deliveries.takeDeliveries(10, 60)).toEqual([]);
  });

  it('gives a delivery again when it was not settled in time, when it failed, and when it was not tried', async () => {
    const { store } = opened();
    const { deliveries } = store;
    const [eventId = ''] = await send(store, 1);
    await deliveries.handOver(eventId, ['chat']);
    const take = async () => {
      const [taken] = await deliveries.takeDeliveries(1, 0);
      if (taken === undefined) throw new Error('nothing is due');
      return taken;
    };
    expect((await take()).attempts).toBe(1);
    const second = await take();
    expect(second.attempts).toBe(2);
    await deliveries.settleDelivery(second, { kind: 'failed', error: 'down', againInSeconds: 0 });
    const third = await take();
    expect(third.attempts).toBe(3);
    await deliveries.returnDelivery(third);
    const again = await take();
    expect(again.attempts).toBe(3);
    await deliveries.settleDelivery(again, { kind: 'failed', error: 'down', againInSeconds: 3600 });
    expect(await deliveries.takeDeliveries(1, 0)).toEqual([]);
  });

  it('settles a delivery for good', async () => {
    const { store } = opened();
    const { deliveries } = store;
    const [told = '', given = ''] = await send(store, 2);
    await deliveries.handOver(told, ['chat']);
    await deliveries.handOver(given, ['chat']);
    for (const delivery of await deliveries.takeDeliveries(2, 0)) {
      const isTold = delivery.message.eventId === told;
      await deliveries.settleDelivery(
        delivery,
        isTold ? { kind: 'delivered' } : { kind: 'failed', error: 'gone', againInSeconds: undefined },
      );
      // Whoever comes late with another outcome changes nothing about what was told.
      if (isTold) await deliveries.settleDelivery(delivery, { kind: 'failed', error: 'late', againInSeconds: 0 });
    }
    expect(await deliveries.takeDeliveries(10, 0)).toEqual([]);
  });

  it('says which channels did not take what was sent to them, since when, and why', async () => {
    const { store } = opened();
    const { deliveries } = store;
    expect(await deliveries.failing()).toEqual([]);
    const [first = '', second = ''] = await send(store, 2);
    for (const eventId of [first, second]) await deliveries.handOver(eventId, ['chat', 'mail']);
    for (const delivery of await deliveries.takeDeliveries(10, 0)) {
      const { channel, message } = delivery;
      const isGivenUp = message.eventId === first;
      await deliveries.settleDelivery(
        delivery,
        channel === 'mail'
          ? { kind: 'delivered' }
          : { kind: 'failed', error: 'answered 410', againInSeconds: isGivenUp ? undefined : 60 },
      );
    }
    const [failing, ...others] = await deliveries.failing();
    expect(others).toEqual([]);
    expect(failing).toMatchObject({ channel: 'chat', count: 2, error: 'answered 410' });
    expect(failing?.since).toBeInstanceOf(Date);
  });

  it('keeps news that belongs to no promotion', async () => {
    const { store } = opened();
    const message = {
      eventId: 'hold-1',
      promotionId: undefined,
      type: 'hold.changed',
      body: {},
      createdAt: new Date(0),
    };
    await store.deliveries.announce(message);
    await store.deliveries.announce(message);
    expect(await store.takeOutbox(10, 60)).toMatchObject([{ eventId: 'hold-1', promotionId: undefined, attempts: 1 }]);
  });

  it('takes a message that is sent again under its id for the same message', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    const say = async () =>
      apply(store, await load(store, id), (draft) => {
        draft.send({ eventId: 'once', type: 'said', body: {} });
      });
    await say();
    await say();
    expect(await store.takeOutbox(10, 60)).toHaveLength(1);
  });
}
