import fc from 'fast-check';
import { closest } from '../../../engine/rules/closest-word.ts';

const keys = ['soakSeconds', 'bakeSeconds', 'approvals', 'gates', 'to'];

describe('the nearest word', () => {
  it.each([
    ['soakSecond', 'soakSeconds'],
    ['soak_seconds', 'soakSeconds'],
    ['aprovals', 'approvals'],
    ['gtaes', 'gates'],
    ['appr', 'approvals'],
  ])('to %s is %s', (word, meant) => {
    expect(closest(word, keys)).toBe(meant);
  });

  it.each(['completely different', 'x', '', 'y'.repeat(10_000)])('is not invented for %.20s', (word) => {
    expect(closest(word, keys)).toBeUndefined();
  });

  it('to a known word is the word itself', () => {
    fc.assert(
      fc.property(fc.constantFrom(...keys), (word) => {
        expect(closest(word, keys)).toBe(word);
      }),
    );
  });
});
