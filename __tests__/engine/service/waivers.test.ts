import { jest } from '@jest/globals';
import { Readable } from 'node:stream';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { alan, promoter, ServiceDesk, viewer } from './service-fixture.ts';

jest.setTimeout(120_000);

let server: ScratchPostgres;
let desk: ServiceDesk;
const report = (...ids: readonly string[]) =>
  JSON.stringify({
    matches: ids.map((id) => ({ vulnerability: { id, severity: 'Critical' } })),
    descriptor: { name: 'grype' },
  });

beforeAll(async () => {
  server = await startScratchPostgres();
  desk = await ServiceDesk.open(await server.createStoreDatabase());
  for (const [release, text] of [
    ['v1', report('CVE-2026-1', 'CVE-2026-2')],
    ['v2', report('CVE-2026-2')],
  ] as const) {
    const content = Readable.from([Buffer.from(text)]);
    await desk.service.addEvidence(promoter, { application: 'shop', release, content, source: 'ci' });
  }
});
afterAll(async () => {
  await desk.close();
  await server.stop();
});

const inDays = (days: number): Date => new Date(desk.clock.now().getTime() + days * 86_400_000);
const waive = (more: object = {}, actor = alan) =>
  desk.service.waive(actor, {
    application: 'shop',
    finding: 'CVE-2026-1',
    reason: 'not reachable',
    expiresAt: inDays(30),
    ...more,
  });
const entries = async (type: string) => (await desk.store.administrationEvents()).filter((each) => each.type === type);

describe('waiving', () => {
  it('sets a finding aside with owner, reason and end, and says so in the audit trail', async () => {
    const waiver = await waive();
    expect(waiver).toMatchObject({
      application: 'shop',
      finding: 'CVE-2026-1',
      owner: alan.id,
      reason: 'not reachable',
      expiresAt: inDays(30),
      state: 'valid',
      release: undefined,
    });
    expect(await desk.store.waivers('shop')).toMatchObject([{ id: waiver.id }]);
    expect(await entries('finding-waived')).toMatchObject([
      { actor: { id: alan.id }, data: { id: waiver.id, finding: 'CVE-2026-1' } },
    ]);
  });

  it('is done once when it is asked for twice', async () => {
    const [first, second] = [await waive({ owner: 'sre' }), await waive({ owner: 'sre' })];
    expect(second.id).toBe(first.id);
    expect((await entries('finding-waived')).filter(({ data }) => data['id'] === first.id)).toHaveLength(1);
  });

  it('can be for one release, whose evidence must name the finding', async () => {
    await expect(waive({ release: 'v2' })).rejects.toThrow(/no evidence about shop v2 names the finding CVE-2026-1/);
    const waiver = await waive({ release: 'v2', finding: 'CVE-2026-2' });
    expect(waiver).toMatchObject({ release: 'v2', releaseDigest: expect.stringMatching(/^sha256:/) as string });
    const listed = await desk.service.waivers(viewer, 'shop');
    expect(listed.find(({ id }) => id === waiver.id)).toMatchObject({ release: 'v2', state: 'valid' });
  });

  it.each([
    [
      'what nobody reported',
      { finding: 'CVE-2026-11' },
      /names the finding CVE-2026-11\. Did you mean CVE-2026-1\?.*only counts cannot be waived/,
    ],
    ['without an end ahead', { expiresAt: new Date(0) }, /must end in the future/],
    ['without a date', { expiresAt: new Date(Number.NaN) }, /must end in the future/],
    ['without a reason', { reason: '  ' }, /needs a reason/],
    ['without an owner', { owner: ' ' }, /needs an owner/],
    ['in an application that there is not', { application: 'shpo' }, /Did you mean shop\?/],
    ['in a release that there is not', { release: 'v9' }, /has no release v9/],
  ])('is refused %s, and writes nothing', async (_, more, reason) => {
    const before = [await desk.store.allWaivers(), await desk.store.administrationEvents()];
    await expect(waive(more)).rejects.toThrow(reason);
    expect([await desk.store.allWaivers(), await desk.store.administrationEvents()]).toEqual(before);
  });

  it('is for approvers, not for those who want to promote', async () => {
    for (const actor of [promoter, viewer])
      await expect(waive({}, actor)).rejects.toThrow(/waive needs approver or admin/);
  });

  it('ends when it is revoked, once, and never comes back by itself', async () => {
    const waiver = await waive({ owner: 'revoked-soon' });
    const revoked = await desk.service.revokeWaiver(alan, waiver.id, 'fixed in v3');
    expect(revoked).toMatchObject({ id: waiver.id, state: 'revoked', revoked: { by: alan.id, reason: 'fixed in v3' } });
    expect(await desk.service.revokeWaiver(alan, waiver.id, 'again')).toMatchObject({
      revoked: { reason: 'fixed in v3' },
    });
    expect(await entries('waiver-revoked')).toHaveLength(1);
    await expect(waive({ owner: 'revoked-soon' })).rejects.toThrow(/was revoked by .*: fixed in v3\. Say anew why/);
    await expect(desk.service.revokeWaiver(promoter, waiver.id, 'x')).rejects.toThrow(/waive needs approver/);
    await expect(desk.service.revokeWaiver(alan, `${waiver.id}0`, 'x')).rejects.toThrow(/Did you mean wv-/);
    await expect(desk.service.revokeWaiver(alan, waiver.id, ' ')).rejects.toThrow(/needs a reason/);
  });
});
