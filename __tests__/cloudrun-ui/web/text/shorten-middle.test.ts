import fc from 'fast-check';
import { shortenMiddle } from '../../../../cloudrun-ui/web/src/text/shorten-middle.ts';

describe('a text that is shortened in its middle', () => {
  it('keeps both ends, which is where paths differ', () => {
    expect(shortenMiddle('environments/production/values.yaml', 20)).toBe('environmen…lues.yaml');
  });

  it('of a digest keeps the algorithm and its first twelve characters', () => {
    expect(shortenMiddle(`sha256:${'0123456789abcdef'.repeat(4)}`, 40)).toBe('sha256:0123456789ab');
  });

  it('is no longer than it may be, begins and ends as it did, and cuts no character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 3, max: 40 }), (text, length) => {
        const shortened = shortenMiddle(text, length);
        const characters = Array.from(shortened);
        expect(characters.length).toBeLessThanOrEqual(
          Math.max(length, Array.from(text).length <= length ? Array.from(text).length : length),
        );
        expect(characters[0]).toBe(Array.from(text)[0]);
        expect(characters.at(-1)).toBe(Array.from(text).at(-1));
      }),
    );
  });
});
