import fc from 'fast-check';
import { diffLines } from '../../../../cloudrun-ui/web/src/diff/line-diff.ts';

const side = (lines: ReturnType<typeof diffLines>, other: 'added' | 'removed'): string =>
  lines
    .filter(({ kind }) => kind !== other)
    .map(({ text }) => text)
    .join('\n');

describe('two texts line by line', () => {
  it('keep what both have, and say what went before what came', () => {
    const before = 'CREATE TABLE orders (\n  id int,\n  note text\n)';
    const after = 'CREATE TABLE orders (\n  id bigint,\n  note text\n)';
    expect(diffLines(before, after).map(({ kind, text }) => `${kind} ${text.trim()}`)).toEqual([
      'same CREATE TABLE orders (',
      'removed id int,',
      'added id bigint,',
      'same note text',
      'same )',
    ]);
  });

  it('lead back to both of them, whatever they are, and differ in nothing where they are the same', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after);
        expect([side(lines, 'added'), side(lines, 'removed')]).toEqual([before, after]);
        expect(lines.every(({ kind }) => kind === 'same')).toBe(before === after);
      }),
    );
  });

  it('are told as a whole where they are very long', () => {
    const long = Array.from({ length: 700 }, (_, line) => String(line)).join('\n');
    const lines = diffLines(long, `${long}\nmore`);
    expect(lines.filter(({ kind }) => kind === 'removed')).toHaveLength(700);
    expect(lines.filter(({ kind }) => kind === 'added')).toHaveLength(701);
  });
});
