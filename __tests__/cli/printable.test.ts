import fc from 'fast-check';
import { printable, printableJson, printableLines } from '../../cli/printable.ts';

/** Text that is full of what terminals obey. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\u001b',
      '\u009b',
      '\u0007',
      '\r',
      '\n',
      '\t',
      '\b',
      '\u007f',
      '\u202e',
      '\u2066',
      '\u2028',
      '\ud800',
      '\u{e0001}',
      '[2J',
      ']0;x',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
});
const controls = /(?!\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

describe('text from elsewhere', () => {
  it('cannot control the terminal', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        return [printable(text), ...printableLines(text)].every((line) => !controls.test(line));
      }),
    );
  });

  it('stays as it is when it is only text', () => {
    expect(printable('größer → 東京 👩‍🚀 100 %')).toBe('größer → 東京 👩‍🚀 100 %');
    fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => printable(text) === text));
  });

  it('made printable twice is the same', () => {
    fc.assert(fc.property(hostile, (text) => printable(printable(text)) === printable(text)));
  });

  it('shows what was in it', () => {
    expect(printable('a\u001b[2Jb\r\n\u202ec')).toBe('a\\u001b[2Jb\\r\\n\\u202ec');
  });

  it('keeps its lines', () => {
    expect(printableLines('one\r\ntwo\tthree')).toEqual(['one', 'two  three']);
  });

  it('means the same as JSON, and is as harmless there', () => {
    fc.assert(
      fc.property(fc.dictionary(hostile, hostile), (document) => {
        const json = printableJson(JSON.stringify(document, undefined, 2));
        const isSame = JSON.stringify(JSON.parse(json)) === JSON.stringify(JSON.parse(JSON.stringify(document)));
        return isSame && !controls.test(json.replaceAll('\n', ''));
      }),
    );
  });
});
