import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ShareSequence } from '../../../../engine/deployment/local/share-sequence.ts';

/** How many of so many turns are a client's that takes every `period`-th one, and how many of those are in the share. */
function drawn(percentage: number, turns: number, period: number): { turns: number; inShare: number } {
  const sequence = new ShareSequence(percentage);
  const mine = Array.from({ length: turns }, () => sequence.next()).filter((_, turn) => turn % period === 0);
  return { turns: mine.length, inShare: mine.filter(Boolean).length };
}

describe('a share of the requests', () => {
  it('is kept to within five requests, after however many', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 99, noNaN: true }), fc.integer({ min: 1, max: 5_000 }), (share, turns) => {
        expect(Math.abs(drawn(share, turns, 1).inShare - (turns * share) / 100)).toBeLessThanOrEqual(5);
      }),
    );
  });

  it('is kept for each of several clients that take turns too', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 2, max: 20 }), (share, period) => {
        const mine = drawn(share, 20_000, period);
        expect(Math.abs((mine.inShare / mine.turns) * 100 - share)).toBeLessThanOrEqual(3);
      }),
    );
  });

  it('is the same every time', () => {
    const draw = (): boolean[] => {
      const sequence = new ShareSequence(10);
      return Array.from({ length: 50 }, () => sequence.next());
    };
    expect(draw()).toEqual(draw());
  });
});
