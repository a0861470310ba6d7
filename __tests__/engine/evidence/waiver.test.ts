import { covers, waiverState, type Waiver } from '../../../engine/evidence/waiver.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
const waiver: Waiver = {
  id: 'wv-1',
  application: 'shop',
  finding: 'CVE-1',
  owner: 'ana@shop.example',
  reason: 'not reachable',
  expiresAt: new Date(now.getTime() + 1),
  releaseDigest: undefined,
  createdBy: 'ana@shop.example',
  createdAt: now,
  revoked: undefined,
};
const release = { application: 'shop', digest: 'sha256:2' };

describe('a waiver', () => {
  it('is valid until the moment it expires, and not in it', () => {
    expect(waiverState(waiver, now)).toBe('valid');
    expect(waiverState(waiver, waiver.expiresAt)).toBe('expired');
  });

  it('that was revoked is over, even before it expires', () => {
    const revoked = { ...waiver, revoked: { at: now, by: 'ben', reason: 'fixed' } };
    expect(waiverState(revoked, now)).toBe('revoked');
    expect(covers(revoked, release, now)).toBe(false);
  });

  it('covers its own application only, and only the release it names', () => {
    expect(covers(waiver, release, now)).toBe(true);
    expect(covers(waiver, { ...release, application: 'blog' }, now)).toBe(false);
    expect(covers({ ...waiver, releaseDigest: 'sha256:2' }, release, now)).toBe(true);
    expect(covers({ ...waiver, releaseDigest: 'sha256:1' }, release, now)).toBe(false);
    expect(covers(waiver, release, waiver.expiresAt)).toBe(false);
  });
});
