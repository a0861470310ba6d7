import fc from 'fast-check';
import { changeRequestsIn, readCommits, ticketsIn } from '../../../engine/source/read-commits.ts';

describe('what a commit message names', () => {
  it.each([
    ['Add gift notes (#12)', ['#12']],
    ['Merge pull request #7 from shop/gifts', ['#7']],
    ['See !31 and #12, not a#5, not &#39; and not x/#9', ['!31', '#12']],
    ['#12 again #12', ['#12']],
    ['nothing', []],
  ])('change requests in %p', (text, expected) => {
    expect(changeRequestsIn(text)).toEqual(expected);
  });

  it.each([
    ['SHOP-12: gift notes', ['SHOP-12']],
    ['Fixes SHOP-12 and OPS-7.', ['SHOP-12', 'OPS-7']],
    ['UTF-8, SHA-256, RFC-8785 and CVE-2026 are none', []],
    ['lower-12 A-1 XSHOP-12-3', []],
  ])('tickets in %p', (text, expected) => {
    expect(ticketsIn(text)).toEqual(expected);
  });
});

describe('reading a history', () => {
  const text = fc.string({ unit: 'grapheme' }).map((each) => each.replaceAll('\0', ''));
  const commit = fc.record({
    id: fc.stringMatching(/^[0-9a-f]{40}$/),
    author: text,
    seconds: fc.integer({ min: 0, max: 4_000_000_000 }),
    subject: text,
    body: text,
  });

  it('gives back whatever messages say', () => {
    fc.assert(
      fc.property(fc.array(commit), (commits) => {
        const output = commits
          .map(({ id, author, seconds, subject, body }) => [id, author, seconds, subject, body, '\0'].join('\0'))
          .join('');
        const read = readCommits(output);
        expect(read.map((each) => [each.commit, each.author, each.at.getTime() / 1000, each.subject])).toEqual(
          commits.map(({ id, author, seconds, subject }) => [id, author, seconds, subject]),
        );
      }),
    );
  });

  it('refuses what is no history', () => {
    expect(() => readCommits('fatal: bad\0x\0y\0z\0b\0\0')).toThrow('cannot be read');
  });
});
