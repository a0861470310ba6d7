import fc from 'fast-check';
import { canonicalJson } from '../../../engine/audit/canonical-json.ts';
import { storable } from '../../../engine/workflow/storable.ts';

describe('what is made storable', () => {
  it('is what it was, when it was JSON without NUL', () => {
    const text = fc.string({ unit: 'grapheme' }).map((each) => each.replaceAll('\0', ''));
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('json'), { maxLength: 4 }),
        fc.dictionary(text, tie('json'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(storable(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('always has a canonical form without NUL', () => {
    fc.assert(
      fc.property(
        fc.object({ withDate: false, values: [fc.string({ unit: 'binary' }), fc.double(), fc.constant(undefined)] }),
        (value) => {
          expect(canonicalJson(storable(value))).not.toContain('\\u0000');
        },
      ),
    );
  });

  it('keeps dates, loses keys without a value, and marks what it replaced', () => {
    const at = new Date(0);
    expect(storable({ at, gone: undefined, text: 'a\0b\ud800', numbers: [Number.NaN, undefined] })).toEqual({
      at,
      text: 'a\ufffdb\ufffd',
      numbers: [null, null],
    });
  });
});
