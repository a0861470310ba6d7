import type { Evidence } from '../../../../engine/evidence/evidence.ts';
import type { AdministrationEvent } from '../../../../engine/store/administration-store.ts';
import type { PastReader } from '../../../../engine/store/replay-store.ts';
import { engineActor } from '../../../../engine/workflow/actor.ts';
import { ana } from '../../workflow/sample-promotion.ts';
import { addRelease, apply, claimOne, finish, requestPromotion, takeSlot, type OpenStore } from './store-fixture.ts';

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 20, hour));
const event = (hour: number, type: string, data: AdministrationEvent['data'] = {}): AdministrationEvent => ({
  at: at(hour),
  type,
  actor: ana,
  data,
});
const digest = `sha256:${Buffer.from('v2').toString('hex').padEnd(64, '0')}`;
const coverage = (id: string, more: Partial<Evidence> = {}): Evidence => ({
  id,
  releaseDigest: digest,
  collectedAt: at(1),
  source: 'ci',
  sourceCommit: undefined,
  fact: { kind: 'coverage', linesPercent: 90 },
  ...more,
});

export function describeReplay(opened: OpenStore): void {
  const look = <Result>(use: (past: PastReader) => Promise<Result>): Promise<Result> => opened().store.replay.look(use);
  const pageOf = (more: Partial<Parameters<PastReader['promotions']>[0]> = {}) =>
    look((past) => past.promotions({ application: 'shop', since: undefined, after: undefined, limit: 10, ...more }));

  it('knows when evidence was recorded, and what it said before it was recorded again', async () => {
    const { store } = opened();
    await addRelease(store);
    await addRelease(store, 'blog', 'v9');
    await store.addEvidence('shop', [coverage('e-1')], event(2, 'evidence-added'));
    await store.addEvidence('shop', [coverage('e-1', { collectedAt: at(5) })], event(6, 'evidence-added'));
    // What says nothing new was not recorded again.
    await store.addEvidence('shop', [coverage('e-1')], event(7, 'evidence-added'));
    await store.addEvidence('blog', [coverage('e-2', { releaseDigest: 'sha256:other' })], event(8, 'evidence-added'));
    const { evidence } = await look((past) => past.application('shop'));
    const times = evidence.map(({ id, collectedAt, recordedAt }) => [id, collectedAt, recordedAt]);
    expect(times.toSorted()).toEqual([
      ['e-1', at(1), at(2)],
      ['e-1', at(5), at(6)],
    ]);
  });

  it('knows each time that a release was verified where it runs', async () => {
    const { store } = opened();
    const id = await requestPromotion(store, { dueAt: at(1) });
    let record = await claimOne(store, id);
    const verify = async (isVerified: boolean): Promise<void> => {
      record = await apply(store, record, (draft) => {
        const environment = { name: 'staging', releaseId: 'rel-shop-v2', isVerified };
        if (draft.record.state === 'INITIALIZING') takeSlot(draft);
        draft.finishStep('back-up', engineActor, 'done', {}, { environment });
      });
    };
    await verify(false);
    const before = await look((past) => past.application('shop'));
    expect(before.deployments.map(({ verifiedAt }) => verifiedAt)).toEqual([[]]);
    await verify(true);
    await verify(true);
    const { deployments } = await look((past) => past.application('shop'));
    expect(deployments).toMatchObject([
      { environment: 'staging', releaseId: 'rel-shop-v2', promotionId: id, lane: 'normal' },
    ]);
    const [first, second, ...more] = deployments[0]?.verifiedAt ?? [];
    expect(more).toEqual([]);
    expect(first?.getTime()).toBeLessThan(second?.getTime() ?? 0);
  });

  it('gives promotions page by page as they were asked for, with what tells how they went, and rollbacks never', async () => {
    const { store } = opened();
    const ids: string[] = [];
    // Several at the same moment, which no page may tear apart.
    for (const hour of [3, 1, 2, 2, 2]) ids.push(await requestPromotion(store, { dueAt: at(hour) }));
    await requestPromotion(store, { dueAt: at(2), kind: 'rollback' });
    await requestPromotion(store, { dueAt: at(2), application: 'blog' });
    const [newest, oldest, ...between] = ids;
    const expected = [oldest, ...between.toSorted(), newest];
    const found: (string | undefined)[] = [];
    let after: Parameters<PastReader['promotions']>[0]['after'];
    for (;;) {
      const page = await pageOf({ after, limit: 2 });
      found.push(...page.map(({ record }) => record.id));
      after = page.at(-1)?.record;
      if (page.length < 2) break;
    }
    expect(found).toEqual(expected);
    const since = await pageOf({ since: at(2) });
    expect(since.map(({ record }) => record.id)).toEqual([newest]);
    await apply(store, await claimOne(store, newest ?? ''), takeSlot);
    const [told] = await pageOf({ since: at(2) });
    expect(told?.entries.map(({ type, actor }) => [type, actor.id])).toEqual([
      ['state-changed', engineActor.id],
      ['slot-taken', engineActor.id],
      ['state-changed', engineActor.id],
    ]);
    expect(await look((past) => past.applications(undefined))).toEqual(['blog', 'shop']);
    expect(await look((past) => past.applications(at(2)))).toEqual(['shop']);
  });

  it('knows roles, holds, freezes and bad releases with when they came and went', async () => {
    const { store } = opened();
    await addRelease(store);
    const binding = { subject: 'sam', role: 'sre', application: '*', environment: '*' };
    await store.bindRole(binding, event(1, 'role-bound', { ...binding }));
    await store.unbindRole(binding, event(2, 'role-unbound', { ...binding }));
    const place = { application: 'shop', environment: 'staging' };
    const hold = { ...place, reason: 'careful', heldBy: ana.id, since: at(3), until: at(9) };
    const told = { ...place, reason: 'careful', until: at(9).toISOString() };
    await store.calendar.hold(hold, event(3, 'environment-held', told));
    await store.calendar.releaseHold('shop', 'staging', event(4, 'environment-released', place));
    const freeze = {
      id: 'f-1',
      name: 'sale',
      application: '*',
      environment: '*',
      reason: 'busy',
      from: at(5),
      to: at(8),
      exceptHotfix: true,
      declaredBy: ana.id,
      declaredAt: at(4),
    };
    await store.calendar.declareFreeze(freeze, event(4, 'freeze-declared'));
    await store.calendar.liftFreeze('f-1', event(6, 'freeze-lifted'));
    const release = { application: 'shop', release: 'v2' };
    await store.setBad('rel-shop-v2', 'it leaks', event(6, 'release-marked-bad', { ...release, reason: 'it leaks' }));
    await store.setBad('rel-shop-v2', undefined, event(7, 'release-unmarked-bad', { ...release, reason: 'mended' }));
    const id = await requestPromotion(store, { dueAt: at(8) });
    await apply(store, await claimOne(store, id), (draft) => {
      takeSlot(draft);
      draft.markReleaseBad('rel-shop-v2', 'it fell over', engineActor);
      finish(draft);
    });
    const { bindings, holds, freezes, marks } = await look((past) => past.common());
    expect(bindings).toEqual([
      { ...binding, at: at(1), isBound: true },
      { ...binding, at: at(2), isBound: false },
    ]);
    expect(holds).toEqual([
      { ...place, at: at(3), hold },
      { ...place, at: at(4), hold: undefined },
    ]);
    expect(freezes).toEqual([{ ...freeze, liftedAt: at(6) }]);
    expect(marks.map(({ releaseId, bad }) => [releaseId, bad?.reason, bad?.by])).toEqual([
      ['rel-shop-v2', 'it leaks', ana.id],
      ['rel-shop-v2', undefined, undefined],
      ['rel-shop-v2', 'it fell over', engineActor.id],
    ]);
  });

  it('does not see what is written while it looks', async () => {
    const { store } = opened();
    await requestPromotion(store, { dueAt: at(1) });
    const counts = await look(async (past) => {
      const query = { application: 'shop', since: undefined, after: undefined, limit: 10 };
      const before = await past.promotions(query);
      await requestPromotion(store, { dueAt: at(2) });
      return [before.length, (await past.promotions(query)).length];
    });
    expect(counts).toEqual([1, 1]);
    expect(await pageOf()).toHaveLength(2);
  });
}
