import fc from 'fast-check';
import { displayWidth, padTo, truncateTo } from '../../cli/display-width.ts';

describe('the width of text on a terminal', () => {
  it('counts columns, not characters', () => {
    expect(displayWidth('shop')).toBe(4);
    expect(displayWidth('東京')).toBe(4);
    expect(displayWidth('e\u0301')).toBe(1);
  });

  it('is never more than asked for after truncating', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, columns) => {
        return displayWidth(truncateTo(text, columns)) <= columns;
      }),
    );
  });

  it('is at least what was asked for after padding, and the text is still there', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, columns) => {
        const padded = padTo(text, columns);
        return displayWidth(padded) >= columns && padded.startsWith(text);
      }),
    );
  });
});
