import type { Evidence, EvidenceFact } from '../../../../engine/evidence/evidence.ts';
import type { Waiver } from '../../../../engine/evidence/waiver.ts';
import { ana } from '../../workflow/sample-promotion.ts';
import { addRelease, type OpenStore } from './store-fixture.ts';

const at = (day: number): Date => new Date(Date.UTC(2026, 0, day));
const event = { at: at(1), type: 'evidence-added', actor: ana, data: {} };
const findings = (...ids: readonly string[]): EvidenceFact => ({
  kind: 'findings',
  scanner: 'trivy',
  critical: ids.length,
  high: 0,
  medium: 0,
  low: 0,
  items: ids.map((id) => ({ id, severity: 'critical' })),
});
const evidence = (id: string, more: Partial<Evidence> = {}): Evidence => ({
  id,
  releaseDigest: 'sha256:1',
  collectedAt: at(2),
  source: 'ci',
  sourceCommit: undefined,
  fact: findings('CVE-1'),
  ...more,
});
const waiver = (id: string, more: Partial<Waiver> = {}): Waiver => ({
  id,
  application: 'shop',
  finding: 'CVE-1',
  owner: 'ana@shop.example',
  reason: 'not reachable',
  expiresAt: at(31),
  releaseDigest: undefined,
  createdBy: 'ana@shop.example',
  createdAt: at(1),
  revoked: undefined,
  ...more,
});

export function describeEvidence(opened: OpenStore): void {
  it('keeps evidence with an entry of the audit trail, and writes neither again for the same', async () => {
    const { store } = opened();
    await addRelease(store);
    const one = evidence('e-1', { sourceCommit: 'abc1234' });
    expect(await store.addEvidence('shop', [one], event)).toBe('added');
    expect(await store.addEvidence('shop', [one], event)).toBe('unchanged');
    expect(await store.addEvidence('shop', [evidence('e-1')], event)).toBe('unchanged');
    expect(await store.addEvidence('shop', [], event)).toBe('unchanged');
    expect(await store.evidence('sha256:1')).toEqual([one]);
    expect((await store.administrationEvents()).map(({ type }) => type)).toEqual(['evidence-added']);
  });

  it('takes what a newer collection of the same evidence says, and nothing of an older one', async () => {
    const { store } = opened();
    await addRelease(store);
    await store.addEvidence('shop', [evidence('e-1')], event);
    const newer = evidence('e-1', { collectedAt: at(3), source: 'ci again' });
    expect(await store.addEvidence('shop', [newer], event)).toBe('added');
    expect(await store.addEvidence('shop', [evidence('e-1', { source: 'late' })], event)).toBe('unchanged');
    const corrected = { ...newer, sourceCommit: 'abc1234' };
    expect(await store.addEvidence('shop', [corrected], event)).toBe('added');
    expect(await store.evidence('sha256:1')).toEqual([corrected]);
  });

  it('stores the same evidence once when it comes from two sides at once', async () => {
    const { store, open } = opened();
    await addRelease(store);
    const other = await open();
    const answers = await Promise.all(
      [store, other, store, other].map((each) => each.addEvidence('shop', [evidence('e-1')], event)),
    );
    expect(answers.toSorted()).toEqual(['added', 'unchanged', 'unchanged', 'unchanged']);
    expect(await store.administrationEvents()).toHaveLength(1);
  });

  it('knows since when a finding is seen, whichever report of whichever release came first', async () => {
    const { store } = opened();
    await addRelease(store);
    await addRelease(store, 'blog');
    await store.addEvidence('shop', [evidence('e-2', { collectedAt: at(9), fact: findings('CVE-1', 'CVE-2') })], event);
    await store.addEvidence('shop', [evidence('e-1', { releaseDigest: 'sha256:0', collectedAt: at(4) })], event);
    await store.addEvidence('blog', [evidence('e-3', { fact: findings('CVE-2') })], event);
    const bug: EvidenceFact = { kind: 'bugs', tracker: 'github', items: [{ id: 'CVE-2', severity: 'low' }] };
    await store.addEvidence('shop', [evidence('e-4', { fact: bug })], event);
    const seen = await store.findingsFirstSeen('shop', 'findings', ['CVE-1', 'CVE-2', 'CVE-3']);
    expect([...seen].toSorted()).toEqual([
      ['CVE-1', at(4)],
      ['CVE-2', at(9)],
    ]);
    expect(await store.findingsFirstSeen('shop', 'bugs', ['CVE-2'])).toEqual(new Map([['CVE-2', at(2)]]));
    expect(await store.findingsFirstSeen('shop', 'findings', [])).toEqual(new Map());
  });

  it('keeps waivers of each application, newest first, with their entries', async () => {
    const { store } = opened();
    await addRelease(store);
    const [first, second, elsewhere] = [
      waiver('wv-1'),
      waiver('wv-2', { createdAt: at(2), releaseDigest: 'sha256:1' }),
      waiver('wv-3', { application: 'blog' }),
    ];
    for (const each of [first, second, elsewhere]) expect(await store.addWaiver(each, event)).toEqual(each);
    expect(await store.addWaiver({ ...first, owner: 'mallory' }, event)).toEqual(first);
    expect(await store.waivers('shop')).toEqual([second, first]);
    expect(await store.allWaivers()).toEqual([second, first, elsewhere]);
    expect(await store.waiver('wv-3')).toEqual(elsewhere);
    expect(await store.waiver('wv-9')).toBeUndefined();
    expect(await store.administrationEvents()).toHaveLength(3);
  });

  it('revokes a waiver once, and keeps who did and why', async () => {
    const { store } = opened();
    await store.addWaiver(waiver('wv-1'), event);
    const revoked = { at: at(5), by: 'ben@shop.example', reason: 'fixed' };
    expect(await store.revokeWaiver('wv-1', revoked, event)).toEqual(waiver('wv-1', { revoked }));
    const later = { ...revoked, at: at(6), by: 'cleo@shop.example' };
    expect(await store.revokeWaiver('wv-1', later, event)).toEqual(waiver('wv-1', { revoked }));
    expect(await store.revokeWaiver('wv-9', revoked, event)).toBeUndefined();
    expect(await store.addWaiver(waiver('wv-1'), event)).toEqual(waiver('wv-1', { revoked }));
    expect(await store.administrationEvents()).toHaveLength(2);
  });
}
