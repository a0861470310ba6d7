import fc from 'fast-check';
import { contractStanding } from '../../../engine/database/contract-standing.ts';
import type { Release } from '../../../engine/release.ts';
import { sampleRelease } from '../workflow/sample-promotion.ts';

const now = new Date('2026-03-01T12:00:00Z');
const at = (secondsAgo: number) => new Date(now.getTime() - secondsAgo * 1000);
const bad = { since: now, reason: 'loses orders', by: 'ana' };
const running = (verifiedAt: Date | undefined, release: Release = sampleRelease) => ({ release, verifiedAt });

describe('whether a contract may run', () => {
  it('depends on the moment to the millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 100_000 }), (ago, window) => {
        const standing = contractStanding(sampleRelease, running(at(ago)), window, now);
        expect(standing).toEqual(
          ago >= window ? { kind: 'over' } : { kind: 'open', until: new Date(at(ago).getTime() + window * 1000) },
        );
      }),
    );
  });

  it.each([
    [
      'another release runs there',
      running(at(99), { ...sampleRelease, id: 'rel-other', name: 'v3' }),
      'v3 runs there now',
    ],
    ['nothing runs there', undefined, 'nothing runs there now'],
    ['it was never verified there', running(undefined), 'v2 is not verified there'],
  ])('is answered with no when %s', (_why, found, reason) => {
    expect(contractStanding(sampleRelease, found, 1, now)).toEqual({ kind: 'moved-on', reason });
  });

  it('is answered with no for a release that was marked bad: its way back is kept', () => {
    expect(contractStanding({ ...sampleRelease, bad }, running(at(99)), 1, now)).toEqual({
      kind: 'moved-on',
      reason: 'v2 is marked bad, so its way back is kept',
    });
  });
});
