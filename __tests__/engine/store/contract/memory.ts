import { verifyChain } from '../../../../engine/audit/hash-chain.ts';
import type { AdministrationEvent } from '../../../../engine/store/administration-store.ts';
import type { ServiceStore } from '../../../../engine/store/service-store.ts';
import { engineActor } from '../../../../engine/workflow/actor.ts';
import type { StepRecords } from '../../../../engine/workflow/step-definition.ts';
import { sampleRelease } from '../../workflow/sample-promotion.ts';
import { addRelease, apply, claimOne, load, requestPromotion, takeSlot, type OpenStore } from './store-fixture.ts';

const at = new Date('2026-11-20T10:00:00.000Z');
const administration: AdministrationEvent = { at, type: 'tried', actor: engineActor, data: {} };

export function describeMemory(opened: OpenStore): void {
  /** Ends a step that says what runs in staging now. */
  async function deploys(store: ServiceStore, id: string, releaseId: string, isVerified: boolean): Promise<void> {
    const environment: StepRecords['environment'] = { name: 'staging', releaseId, isVerified };
    await apply(store, await load(store, id), (draft) => {
      draft.startStep('deploy', engineActor);
      draft.finishStep('deploy', engineActor, 'deployed', {}, { environment });
    });
  }
  const history = async (store: ServiceStore) =>
    (await store.deployedReleases('shop', 'staging')).map(({ release, promotionId, verifiedAt }) => [
      release.name,
      promotionId,
      verifiedAt !== undefined,
    ]);
  const staging = async (store: ServiceStore) => {
    const [environment] = (await store.environments('shop')).filter(({ name }) => name === 'staging');
    return environment;
  };

  it('remembers what runs in an environment, since when, and everything that ran there before', async () => {
    const { store } = opened();
    const [v1, v2] = [await addRelease(store, 'shop', 'v1'), await addRelease(store, 'shop', 'v2')];
    await store.recordBaseline({ application: 'shop', environment: 'staging', releaseId: v1 }, administration);
    expect(await history(store)).toEqual([['v1', undefined, true]]);
    const id = await requestPromotion(store);
    await apply(store, await claimOne(store, id), takeSlot);
    await deploys(store, id, v2, false);
    expect(await history(store)).toEqual([
      ['v2', id, false],
      ['v1', undefined, true],
    ]);
    expect(await staging(store)).toMatchObject({
      release: { name: 'v2' },
      promotionId: id,
      verifiedAt: undefined,
      slotHeldBy: id,
    });
    await deploys(store, id, v2, true);
    expect(await history(store)).toEqual([
      ['v2', id, true],
      ['v1', undefined, true],
    ]);
    const verified = await staging(store);
    expect(verified?.verifiedAt?.getTime()).toBeGreaterThanOrEqual(verified?.deployedAt?.getTime() ?? Number.NaN);
    await deploys(store, id, v1, false);
    await deploys(store, id, v1, true);
    expect(await history(store)).toEqual([
      ['v1', id, true],
      ['v2', id, true],
      ['v1', undefined, true],
    ]);
  });

  it('marks a release bad once, and pauses what would promote by itself', async () => {
    const { store } = opened();
    const release = await addRelease(store);
    await store.recordBaseline({ application: 'shop', environment: 'staging', releaseId: release }, administration);
    const id = await requestPromotion(store);
    await apply(store, await claimOne(store, id), (draft) => {
      draft.markReleaseBad(release, 'it loses orders', engineActor);
      draft.pauseAutoPromotion('staging', engineActor);
    });
    const first = await store.findRelease('shop', 'v2');
    expect(first?.bad).toMatchObject({ reason: 'it loses orders', by: engineActor.id });
    expect(await staging(store)).toMatchObject({
      autoPromotionPausedAt: expect.any(Date) as Date,
      release: { bad: first?.bad },
    });
    await apply(store, await load(store, id), (draft) => {
      draft.markReleaseBad(release, 'again', engineActor);
    });
    expect((await store.loadRelease(release))?.bad).toEqual(first?.bad);
  });

  it('keeps a release as it was made: the same again is the first, another content is refused', async () => {
    const { store } = opened();
    await addRelease(store);
    const first = await store.findRelease('shop', 'v2');
    expect(first).toMatchObject({ content: sampleRelease.content, createdAt: expect.any(Date) as Date });
    const { id: _, createdAt: __, ...same } = { ...sampleRelease, digest: first?.digest ?? '' };
    expect(await store.createRelease({ ...same, id: 'rel-other' })).toEqual(first);
    const other = store.createRelease({ ...same, id: 'rel-other', digest: `sha256:${'9'.repeat(64)}` });
    await expect(other).rejects.toThrow('Releases never change');
  });

  it('knows every application and environment that it ever met', async () => {
    const { store } = opened();
    expect([await store.applicationNames(), await store.environmentNames()]).toEqual([[], []]);
    await requestPromotion(store, { application: 'shop', environment: 'qa' });
    const releaseId = await addRelease(store);
    await store.recordBaseline({ application: 'shop', environment: 'staging', releaseId }, administration);
    await addRelease(store, 'blog');
    expect(await store.applicationNames()).toEqual(['blog', 'shop']);
    expect(await store.environmentNames()).toEqual(['qa', 'staging']);
  });

  it('lists promotions by what they are about, newest first', async () => {
    const { store } = opened();
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    const old = await requestPromotion(store, { dueAt: minutesAgo(3) });
    const elsewhere = await requestPromotion(store, { environment: 'qa', dueAt: minutesAgo(2) });
    const blog = await requestPromotion(store, { application: 'blog', dueAt: minutesAgo(1) });
    await apply(store, await claimOne(store, old), (draft) => {
      draft.moveTo('CANCELLED', engineActor);
    });
    const ids = async (filter: Omit<Parameters<ServiceStore['listPromotions']>[0], 'limit'>, limit = 10) =>
      (await store.listPromotions({ ...filter, limit })).map(({ id }) => id);
    expect(await ids({})).toEqual([blog, elsewhere, old]);
    expect(await ids({}, 2)).toEqual([blog, elsewhere]);
    expect(await ids({ application: 'shop' })).toEqual([elsewhere, old]);
    expect(await ids({ application: 'shop', environment: 'staging' })).toEqual([old]);
    expect(await ids({ states: ['CANCELLED'] })).toEqual([old]);
    expect(await ids({ isActive: true })).toEqual([blog, elsewhere]);
    expect(await ids({ isActive: false })).toEqual([old]);
  });

  it('gives log lines in the order in which they were written, from any of them on', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    const line = (text: string) => ({ promotionId: id, step: 'look', attempt: 1, at, line: text });
    await store.appendLogs([line('one'), line('two')]);
    await store.appendLogs([line('three')]);
    const all = await store.logs(id, 0, 10);
    expect(all.map((each) => each.line)).toEqual(['one', 'two', 'three']);
    expect((await store.logs(id, all[0]?.seq ?? 0, 1)).map((each) => each.line)).toEqual(['two']);
  });

  it('gives the evidence about a release, newest first', async () => {
    const { store } = opened();
    const evidence = (id: string, minute: number) => ({
      id,
      releaseDigest: 'sha256:1',
      collectedAt: new Date(Date.UTC(2026, 0, 1, 0, minute)),
      source: 'ci',
      fact: { kind: 'coverage', linesPercent: 79.999 } as const,
    });
    await store.addEvidence('shop', [evidence('old', 1)], administration);
    await store.addEvidence('shop', [evidence('new', 2)], administration);
    await store.addEvidence('shop', [evidence('new', 2)], administration);
    expect(await store.evidence('sha256:1')).toEqual([evidence('new', 2), evidence('old', 1)]);
    expect(await store.evidence('sha256:2')).toEqual([]);
  });

  it('binds roles to people, where they count', async () => {
    const { store } = opened();
    const binding = { subject: 'ben', role: 'approver', application: 'shop', environment: '*' } as const;
    await store.bindRole(binding, administration);
    await store.bindRole(binding, administration);
    expect(await store.roleBindings('ben')).toEqual([binding]);
    expect(await store.roleBindings('cleo')).toEqual([]);
    expect(await store.holdersOf('approver', 'shop', 'staging')).toEqual(['ben']);
    expect(await store.holdersOf('approver', 'blog', 'staging')).toEqual([]);
  });

  it('knows which chains have grown since they were signed', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    const head = async () => (await store.unsignedHeads(10)).filter(({ promotionId }) => promotionId === id);
    const record = await load(store, id);
    expect(await head()).toEqual([{ promotionId: id, seq: 1, hash: record.headHash }]);
    await store.markSigned([{ promotionId: id, seq: 1 }], at);
    expect(await head()).toEqual([]);
    const grown = await apply(store, record, (draft) => {
      draft.append('noted', engineActor, {});
    });
    expect(await head()).toEqual([{ promotionId: id, seq: 2, hash: grown.headHash }]);
    await store.markSigned([{ promotionId: id, seq: 2 }], at);
    await store.markSigned([{ promotionId: id, seq: 1 }], at);
    expect(await head()).toEqual([]);
  });

  it('walks every chain with all of its entries', async () => {
    const { store } = opened();
    const ids = [await requestPromotion(store), await requestPromotion(store)];
    const chains = new Map<string, number>();
    for await (const { promotionId, events } of store.chains()) chains.set(promotionId, events.length);
    expect([...chains.keys()].toSorted()).toEqual(ids.toSorted());
    expect([...chains.values()]).toEqual([1, 1]);
  });

  it('keeps what a transition sets aside, ticks, changes and leaves to do, together with it', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    const override = { kind: 'force', by: 'olga', reason: 'the scanner is down', at: at.toISOString() } as const;
    const change = { kind: 'flag', subject: 'gift-notes', before: undefined, after: 'off' } as const;
    const item = { id: `${id}-merge`, kind: 'merge-back', detail: 'merge the fix back to main' } as const;
    await apply(store, await load(store, id), (draft) => {
      draft.override(override, engineActor);
      draft.tick({ item: 'QA sign-off', phase: 'before', tickedBy: 'quinn', note: 'looked twice', at }, engineActor);
      draft.startStep('deploy', engineActor);
      draft.finishStep('deploy', engineActor, 'added', {}, { changes: [change], openItems: [item] });
    });
    expect((await load(store, id)).overrides).toEqual([override]);
    expect(await store.ticks(id)).toEqual([
      { item: 'QA sign-off', phase: 'before', tickedBy: 'quinn', note: 'looked twice', at },
    ]);
    expect(await store.changesOf(id)).toEqual([
      { kind: 'override', subject: 'force', before: undefined, after: 'the scanner is down' },
      change,
    ]);
    expect(await store.openItems({ promotionId: id })).toMatchObject([{ ...item, environment: 'staging' }]);
    expect(await store.openItems({ application: 'shop', environment: 'dev' })).toEqual([]);
  });

  it('chains what people did outside promotions, in one chain that is signed like the others', async () => {
    const { store } = opened();
    const binding = { subject: 'ben', role: 'approver', application: 'shop', environment: '*' } as const;
    for (const subject of ['ben', 'cleo', 'ben']) {
      await store.bindRole({ ...binding, subject }, { ...administration, type: 'role-bound', data: { subject } });
    }
    const events = await store.administrationEvents();
    expect(events.map(({ seq, data }) => [seq, data])).toEqual([
      [1, { subject: 'ben' }],
      [2, { subject: 'cleo' }],
    ]);
    expect(verifyChain('administration', events)).toEqual([]);
    const head = { promotionId: 'administration', seq: 2, hash: events[1]?.hash };
    expect(await store.unsignedHeads(10)).toEqual([head]);
    await store.markSigned([{ promotionId: 'administration', seq: 2 }], at);
    expect(await store.unsignedHeads(10)).toEqual([]);
    expect((await store.signedSeqs()).get('administration')).toBe(2);
    const chains: string[] = [];
    for await (const { promotionId } of store.chains()) chains.push(promotionId);
    expect(chains).toEqual(['administration']);
  });

  it('numbers the entries of people who act at the same time without a gap', async () => {
    const { store } = opened();
    const binding = { role: 'approver', application: 'shop', environment: '*' } as const;
    const subjects = Array.from({ length: 20 }, (_, index) => `person-${String(index)}`);
    await Promise.all(subjects.map((subject) => store.bindRole({ ...binding, subject }, administration)));
    const events = await store.administrationEvents();
    expect(events).toHaveLength(20);
    expect(verifyChain('administration', events)).toEqual([]);
  });
}
