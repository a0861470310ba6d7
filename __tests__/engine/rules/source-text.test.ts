import fc from 'fast-check';
import { SourceText } from '../../../engine/rules/source-text.ts';

describe('a place in a text', () => {
  it('leads back to the same offset', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'ä', '\n', '\r', '😀') }), fc.nat(60), (text, offset) => {
        const clamped = Math.min(offset, text.length);
        const { line, column } = new SourceText(text).placeOf(offset);
        const before = text.split('\n').slice(0, line - 1);
        expect(before.reduce((length, part) => length + part.length + 1, 0) + column - 1).toBe(clamped);
      }),
    );
  });

  it('is on a line that can be read without its end', () => {
    const source = new SourceText('one\r\ntwo\n');
    expect([1, 2, 3, 4].map((line) => source.line(line))).toEqual(['one', 'two', '', undefined]);
  });
});
