import { engineActor } from '../../../../engine/workflow/actor.ts';
import {
  apply,
  claim,
  claimOne,
  commit,
  farAway,
  load,
  requestPromotion,
  standInLine,
  stateVersion,
  type OpenStore,
} from './store-fixture.ts';

const renewed = (id: string, fence: number, isAskedToTurnRound = false) => ({
  promotionId: id,
  fence,
  isAskedToTurnRound,
});

export function describeClaiming(opened: OpenStore): void {
  it('leases a due promotion to one run, with its steps and a new fence', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    const before = await load(store, id);
    const [claimed] = await claim(store);
    expect(claimed).toEqual({ ...before, fence: claimed?.fence });
    expect(claimed?.fence).toBeGreaterThan(before.fence);
    expect(claimed?.steps.map(({ name, status }) => [name, status])).toEqual([
      ['look', 'pending'],
      ['back-up', 'pending'],
      ['deploy', 'pending'],
    ]);
    expect(await claim(store)).toEqual([]);
  });

  it('brings the release as it is by then, marked bad or not', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    const request = { owner: 'test', limit: 1, leaseSeconds: 0, stateVersion, promotionId: id, now: undefined };
    const { releaseId } = await load(store, id);
    const before = await store.claim(request);
    expect(before.map(({ release }) => release)).toEqual([await store.loadRelease(releaseId)]);
    expect(before[0]?.release.bad).toBeUndefined();
    await store.setBad(releaseId, 'it loses orders', {
      at: farAway,
      type: 'release-marked-bad',
      actor: engineActor,
      data: {},
    });
    const [after] = await store.claim(request);
    expect(after?.release).toEqual(await store.loadRelease(releaseId));
    expect(after?.release.bad?.reason).toBe('it loses orders');
  });

  it('gives a promotion to the next run when the lease is over, and refuses the former one from then on', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    const stopped = await claimOne(store, id, 0);
    const next = await claimOne(store, id);
    expect(next.fence).toBeGreaterThan(stopped.fence);
    const outcome = await commit(store, stopped, (draft) => {
      draft.startStep('look', engineActor);
    });
    expect(outcome).toEqual({ outcome: 'lost-lease' });
    expect(await load(store, id)).toEqual(next);
    expect(await store.renew([{ promotionId: id, fence: stopped.fence }], 60)).toEqual([]);
  });

  it('draws a higher fence with every claim and every taking of a slot', async () => {
    const { store } = opened();
    const fences: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const id = await requestPromotion(store, { environment: `env-${String(round)}` });
      fences.push((await claimOne(store, id, 0)).fence, (await claimOne(store, id, 0)).fence);
    }
    expect(fences).toEqual([...fences].toSorted((a, b) => a - b));
    expect(new Set(fences).size).toBe(fences.length);
  });

  it('never gives one promotion to two of many that claim at once', async () => {
    const { store, open } = opened();
    const ids = await Promise.all(
      Array.from({ length: 40 }, (_, index) => requestPromotion(store, { environment: `env-${String(index)}` })),
    );
    const stores = [store, await open(), await open()];
    const claims = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        claim(stores[index % 3] ?? store, { limit: 3, owner: `run-${String(index)}` }),
      ),
    );
    const claimed = claims.flat().map(({ id }) => id);
    expect(new Set(claimed).size).toBe(claimed.length);
    const rest = await claim(store, { limit: 100 });
    expect([...claimed, ...rest.map(({ id }) => id)].toSorted()).toEqual(ids.toSorted());
  });

  it('takes no more than the limit, those due for longest first', async () => {
    const { store } = opened();
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    const second = await requestPromotion(store, { environment: 'qa', dueAt: minutesAgo(2) });
    const first = await requestPromotion(store, { environment: 'uat', dueAt: minutesAgo(3) });
    const third = await requestPromotion(store, { dueAt: minutesAgo(1) });
    expect((await claim(store, { limit: 2 })).map(({ id }) => id).toSorted()).toEqual([first, second].toSorted());
    expect((await claim(store, { limit: 2 })).map(({ id }) => id)).toEqual([third]);
  });

  it('leaves alone what is not due yet, and answers for another time when asked', async () => {
    const { store } = opened();
    const id = await requestPromotion(store, { dueAt: farAway });
    expect(await claim(store)).toEqual([]);
    expect((await claim(store, { now: farAway })).map((each) => each.id)).toEqual([id]);
  });

  it('leaves alone what only a signal wakes', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    await apply(store, await claimOne(store, id), standInLine(undefined));
    expect(await claim(store, { now: farAway })).toEqual([]);
  });

  it('claims only the promotion that is asked for', async () => {
    const { store } = opened();
    const [, wanted] = [await requestPromotion(store, { environment: 'qa' }), await requestPromotion(store)];
    expect((await claim(store, { promotionId: wanted })).map(({ id }) => id)).toEqual([wanted]);
  });

  it('leaves to a newer engine what a newer engine has written', async () => {
    const { store } = opened();
    await requestPromotion(store, { stateVersion: stateVersion + 1 });
    expect(await claim(store)).toEqual([]);
    expect(await store.takeDispatch(10, 60, stateVersion)).toEqual([]);
    expect(
      await store.claim({
        owner: 'newer',
        limit: 1,
        leaseSeconds: 60,
        stateVersion: stateVersion + 1,
        promotionId: undefined,
        now: undefined,
      }),
    ).toHaveLength(1);
  });

  it('says of a promotion whose run does not renew its lease that the run is gone, and until when it is waited for', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    const { fence } = await claimOne(store, id);
    expect(await load(store, id)).not.toHaveProperty('goneRun');
    await store.renew([{ promotionId: id, fence }], 5);
    const { goneRun } = await load(store, id);
    expect(goneRun?.silentSeconds).toBeGreaterThanOrEqual(25);
    expect(goneRun?.takeOverInSeconds).toBeLessThanOrEqual(5);
    expect(goneRun?.takeOverAt).toBeInstanceOf(Date);
    await store.release([{ promotionId: id, fence }]);
    expect(await load(store, id)).not.toHaveProperty('goneRun');
  });

  it('renews the leases that are held, and says when a person asked to turn round', async () => {
    const { store } = opened();
    const [a, b] = [await requestPromotion(store, { environment: 'qa' }), await requestPromotion(store)];
    const [first, second] = [await claimOne(store, a, 0), await claimOne(store, b, 0)];
    const leases = [first, second].map(({ id, fence }) => ({ promotionId: id, fence }));
    expect([...(await store.renew(leases, 60))].toSorted((x, y) => x.fence - y.fence)).toEqual([
      renewed(a, first.fence),
      renewed(b, second.fence),
    ]);
    expect(await claim(store)).toEqual([]);
    await commit(
      store,
      second,
      (draft) => {
        draft.requestRollback(
          { trigger: 'cancel', reason: 'wrong one', requestedBy: 'ana', at: new Date(), acceptsDataLoss: false },
          engineActor,
        );
      },
      undefined,
    );
    expect(await store.renew(leases.slice(1), 60)).toEqual([renewed(b, second.fence, true)]);
  });

  it('gives a lease back at once, but not the lease of another run', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    const former = await claimOne(store, id, 0);
    const present = await claimOne(store, id);
    await store.release([{ promotionId: id, fence: former.fence }]);
    expect(await claim(store)).toEqual([]);
    await store.release([{ promotionId: id, fence: present.fence }]);
    expect(await claim(store)).toHaveLength(1);
  });
}
