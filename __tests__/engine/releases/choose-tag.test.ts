import fc from 'fast-check';
import { chooseTag, compareVersions, isMeantBy } from '../../../engine/releases/choose-tag.ts';

const tagged = (...tags: readonly string[]) => tags.map((tag) => ({ tag, digest: `digest of ${tag}` }));

describe('choosing a tag by a filter', () => {
  it.each([
    ['v1', ['v1', 'v10', 'v2'], 'v1'],
    ['v*', ['v1', 'v10', 'v2'], 'v10'],
    ['1.2.*', ['1.2.9', '1.2.10', '1.3.0'], '1.2.10'],
    ['1.2.0*', ['1.2.0-rc1', '1.2.0', '1.2.0-rc2'], '1.2.0'],
    ['1.2.0-*', ['1.2.0-rc2', '1.2.0-rc10', '1.2.0'], '1.2.0-rc10'],
    ['*', ['2026.11.2', '2026.9.30'], '2026.11.2'],
    ['v1.2', ['v1x2', 'v1.20'], undefined],
    ['v*', [], undefined],
  ])('%s of %p is %s', (filter, tags, expected) => {
    expect(chooseTag(filter, tagged(...tags))?.tag).toBe(expected);
  });

  it('never takes the signature of an image for an image', () => {
    const signature = `sha256-${'a'.repeat(64)}.sig`;
    expect(chooseTag('*', tagged('a1', signature))?.tag).toBe('a1');
    expect(chooseTag(signature, tagged(signature))).toBeUndefined();
  });

  it('takes everything but the star as it is written', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w.+()[\]{}^$|?\\-]{0,20}$/), (text) => {
        expect(isMeantBy(text, text)).toBe(true);
        expect(isMeantBy(`${text}*`, `${text}anything`)).toBe(true);
        expect(isMeantBy(text, `${text}x`)).toBe(false);
      }),
    );
  });

  it('orders any tags the same way whatever order they come in', () => {
    const tag = fc.stringMatching(/^[a-c0-2.\-_]{1,6}$/);
    fc.assert(
      fc.property(tag, tag, tag, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) {
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
