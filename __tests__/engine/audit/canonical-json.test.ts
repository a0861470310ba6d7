import fc from 'fast-check';
import { canonicalJson } from '../../../engine/audit/canonical-json.ts';

describe('canonical JSON', () => {
  it('is the text of RFC 8785', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('orders names by their UTF-16 units', () => {
    expect(
      canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }),
    ).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it.each([
    ['undefined', undefined, '$ is of the type undefined'],
    ['undefined inside', { a: [{ b: undefined }] }, '$.a[0].b is of the type undefined'],
    ['a hole', { a: [1, , 2] }, '$.a[1] is of the type undefined'], // eslint-disable-line no-sparse-arrays
    ['NaN', [Number.NaN], '$[0] is NaN'],
    ['infinity', Number.NEGATIVE_INFINITY, '$ is -Infinity'],
    ['a big integer', 1n, '$ is of the type bigint'],
    ['a function', () => 1, '$ is of the type function'],
    ['a symbol', Symbol('x'), '$ is of the type symbol'],
    ['a date', { at: new Date(0) }, '$.at is not a plain object'],
    ['a map', new Map(), '$ is not a plain object'],
    ['half of a surrogate pair', { a: '\ud800' }, '$.a holds half of a surrogate pair'],
    ['half of a surrogate pair in a name', { '\udc00': 1 }, 'the name "\\udc00" in $ holds half'],
  ])('refuses %s, and says where', (_, value, message) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
    expect(() => canonicalJson(value)).toThrow(message);
  });

  it('refuses a circle, and takes the same object at two places', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(() => canonicalJson(circle)).toThrow('$.self is part of itself');
    const shared = { a: 1 };
    expect(canonicalJson([shared, shared])).toBe('[{"a":1},{"a":1}]');
  });

  const json = fc.jsonValue({ stringUnit: 'grapheme' });

  it('is JSON of the same value, whatever the order of its names', () => {
    const shuffled = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shuffled)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([name, member]) => [name, shuffled(member)]),
            )
          : value;
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(shuffled(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});
