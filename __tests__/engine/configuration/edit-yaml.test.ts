import { jest } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { setYamlValues, type YamlScalar } from '../../../engine/configuration/edit-yaml.ts';
import { YamlEditError } from '../../../engine/configuration/yaml-edit-error.ts';

// Real processes and many runs; on a busy machine they take their time.
jest.setTimeout(120_000);

const set = (text: string, changes: Record<string, YamlScalar>): string => setYamlValues(text, changes).text;

function errorOf(action: () => unknown): YamlEditError {
  try {
    action();
  } catch (error) {
    if (error instanceof YamlEditError) {
      return error;
    }
    throw error;
  }
  throw new Error('it should have failed');
}

describe('setting a value that is there', () => {
  it('changes one line and nothing else', () => {
    const text = `# owned by the platform team

release:   v1   # set by promotions
images:
    api:  "sha256:aa"
    web: 'sha256:bb'
replicas: 3
`;
    expect(
      setYamlValues(text, { release: 'v2', 'images.api': 'sha256:cc', 'images.web': 'sha256:dd', replicas: 3 }),
    ).toEqual({
      text: `# owned by the platform team

release:   v2   # set by promotions
images:
    api:  "sha256:cc"
    web: 'sha256:dd'
replicas: 3
`,
      changed: [
        { path: 'release', before: 'v1', after: 'v2' },
        { path: 'images.api', before: 'sha256:aa', after: 'sha256:cc' },
        { path: 'images.web', before: 'sha256:bb', after: 'sha256:dd' },
      ],
    });
  });

  it.each<[string, string, Record<string, YamlScalar>, string]>([
    ['Windows line endings', 'a: 1\r\nb:\r\n  c: x\r\n', { 'b.c': 'z' }, 'a: 1\r\nb:\r\n  c: z\r\n'],
    ['a byte order mark', '\uFEFFa: 1\n', { a: 2 }, '\uFEFFa: 2\n'],
    ['no newline at the end', 'a: 1', { a: 2 }, 'a: 2'],
    ['a list item', 'a:\n- b: 1\n- b: 2 # two\n', { 'a.1.b': 3 }, 'a:\n- b: 1\n- b: 3 # two\n'],
    ['brackets', 'a: {b: 1, c: [x, y]}\n', { 'a.c.1': 'z, z' }, "a: {b: 1, c: [x, 'z, z']}\n"],
    ['nothing behind the colon', 'a: # why\nb:\n', { a: 1, b: 2 }, 'a: 1 # why\nb: 2\n'],
    ['a key with a dot', 'a:\n  b.c/d: 1\n', { 'a.b\\.c/d': 2 }, 'a:\n  b.c/d: 2\n'],
    ['a key that is a number', '8080: open\n', { '8080': 'closed' }, '8080: closed\n'],
    ['a block text', 'a: | # note\n  one\n  two\nb: 1\n', { a: 'x' }, 'a: x # note\nb: 1\n'],
    [
      'a block text by another',
      'a: | # note\n    one\n\nb: 1\n',
      { a: 'x\n\ny\n' },
      'a: | # note\n    x\n\n    y\n\nb: 1\n',
    ],
    ['an alias, where it is used', 'a: &x 1\nb: *x\n', { b: 2 }, 'a: &x 1\nb: 2\n'],
    ['an anchor that nobody uses', 'a: &x 1\n', { a: 2 }, 'a: &x 2\n'],
    ['null', 'a: v1\n', { a: null }, 'a: null\n'],
    ['a document marker', '---\na: 1\n...\n', { a: 2 }, '---\na: 2\n...\n'],
  ])('keeps %s', (_, text, changes, expected) => {
    expect(set(text, changes)).toBe(expected);
  });

  it.each([
    'yes',
    'off',
    'null',
    '012',
    '1e3',
    '2026-11-02',
    '1:30',
    '0x1f',
    '~',
    '',
    ' x',
    'a: b',
    'a #b',
    '*x',
    '- x',
    '<<',
    '=',
    'y',
  ])('writes the text %j so that every reader of YAML takes it for a text', (value) => {
    const text = set('a: v1\nb: 1\n', { a: value });
    expect(parse(text)).toEqual({ a: value, b: 1 });
    expect(parse(text, { version: '1.1' })).toEqual({ a: value, b: 1 });
  });

  it('does nothing when all is set already, however it is written', () => {
    const text = 'a: 0x10\nb: "x"\nc: 1.0\nd: ~\ne: &y z\nf: *y\ng: &w {h: 1}\ni: *w\n';
    expect(setYamlValues(text, { a: 16, b: 'x', c: 1, d: null, e: 'z', f: 'z', 'g.h': 1, 'i.h': 1 })).toEqual({
      text,
      changed: [],
    });
  });
});

describe('adding a value that is missing', () => {
  it.each<[string, string, Record<string, YamlScalar>, string]>([
    [
      'at the end of its map',
      'a:\n  b: 1 # one\n# about d\nd: 1\n',
      { 'a.c': 2 },
      'a:\n  b: 1 # one\n  c: 2\n# about d\nd: 1\n',
    ],
    ['with the maps on its way', 'a: 1\n', { 'b.c.d': 'x' }, 'a: 1\nb:\n  c:\n    d: x\n'],
    ['in the text’s own indentation', 'a:\n    b: 1\n', { 'c.d': 1 }, 'a:\n    b: 1\nc:\n    d: 1\n'],
    ['under a key without a value', 'a:\nb: 1\n', { 'a.c': 1 }, 'a:\n  c: 1\nb: 1\n'],
    ['under a written null', 'a: ~ # none\n', { 'a.b.c': 1 }, 'a: { b: { c: 1 } } # none\n'],
    ['in empty braces', 'a: {}\n', { 'a.b.c': 1 }, 'a: {b: { c: 1 }}\n'],
    ['in braces', 'a: { b: 1 }\n', { 'a.c': 'x, y' }, "a: { b: 1, c: 'x, y' }\n"],
    ['in a list’s item', 'a:\n  - b: 1\n  - b: 2\n', { 'a.0.c': 3 }, 'a:\n  - b: 1\n    c: 3\n  - b: 2\n'],
    [
      'behind a list',
      'a:\n  b:\n    - 1\n    - x: 2\nc: 1\n',
      { 'a.d': 3 },
      'a:\n  b:\n    - 1\n    - x: 2\n  d: 3\nc: 1\n',
    ],
    ['behind a block text', 'a:\n  b: |\n    x\nc: 1\n', { 'a.d': 3 }, 'a:\n  b: |\n    x\n  d: 3\nc: 1\n'],
    ['without a newline at the end', 'a: 1', { b: 2 }, 'a: 1\nb: 2'],
    ['with Windows line endings', 'a:\r\n  b: 1\r\n', { 'a.c.d': 2 }, 'a:\r\n  b: 1\r\n  c:\r\n    d: 2\r\n'],
    ['to an empty text', '', { 'a.b': 1 }, 'a:\n  b: 1\n'],
    ['to a text of comments', '# values\n', { a: 1 }, '# values\na: 1\n'],
    ['with a key that needs quotes', 'a: 1\n', { yes: 1, '*x': 2 }, 'a: 1\n"yes": 1\n"*x": 2\n'],
    ['over a merge key', 'x: &x { b: 1 }\na:\n  <<: *x\n', { 'a.b': 2 }, 'x: &x { b: 1 }\na:\n  <<: *x\n  b: 2\n'],
    ['called __proto__', 'a: 1\n', { 'b.__proto__': 1 }, 'a: 1\nb:\n  __proto__: 1\n'],
  ])('works %s', (_, text, changes, expected) => {
    expect(set(text, changes)).toBe(expected);
  });
});

describe('what is refused, with its place', () => {
  it.each<[string, string, Record<string, YamlScalar>, string]>([
    ['a value in the place of a map', 'a: 1\nb:\n  c: 1\n', { b: 1 }, '3:3: b is a map'],
    ['a value in the place of a list', 'b: [1]\n', { b: 1 }, '1:4: b is a list'],
    ['a path through a value', 'a: 1\n', { 'a.b': 1 }, '1:4: a.b leads through a value'],
    ['an item that is not in the list', 'a:\n  - 1\n', { 'a.1': 2 }, '2:3: a.1 needs a number'],
    ['an anchor that is repeated', 'a: &x 1\nb: *x\n', { a: 2 }, '1:7: a is the anchor &x'],
    ['a map that is repeated', 'a: &x\n  c: 1\nb: *x\n', { 'a.c': 2 }, '2:3: a.c lies in the anchor &x'],
    ['a path through an alias', 'a: &x\n  c: 1\nb: *x\n', { 'b.c': 2 }, '3:4: b.c leads through the alias *x'],
    ['hiding what is merged', 'x: &x { b: { c: 1 } }\na:\n  <<: *x\n', { 'a.b.d': 2 }, '3:3: a.b.d would hide'],
    ['several documents', 'a: 1\n---\nb: 1\n', { a: 2 }, '2:1: begins a second document'],
    ['broken YAML', 'a: 1\nb: [\n', { a: 2 }, '3:1: is not valid YAML'],
    ['a key given twice', 'a: 1\na: 2\n', { a: 2 }, '2:1: is not valid YAML'],
    ['a tag that would change the value', 'a: !!str 1\n', { a: 2 }, '1:10: a cannot be set here'],
  ])('refuses %s', (_, text, changes, message) => {
    const error = errorOf(() => setYamlValues(text, changes));
    expect(error.message).toContain(message);
    expect(error.message.startsWith(`${String(error.line)}:${String(error.column)}: `)).toBe(true);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '\ud800'])('refuses %p, which no file can hold', (value) => {
    expect(() => setYamlValues('a: 1\n', { a: value })).toThrow(TypeError);
  });

  it.each(['', '.', 'a.', 'a..b'])('refuses %j as a path', (path) => {
    expect(() => setYamlValues('a: 1\n', { [path]: 1 })).toThrow('is not a dotted path');
  });
});

const key = fc.stringMatching(/^[a-z][a-z0-9_-]{0,5}$/);
const scalar = fc.oneof(
  fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
  fc.constantFrom(
    'v2',
    'sha256:0123',
    'true',
    '1',
    'null',
    'a: b',
    '# no comment',
    "it's",
    'two\nlines',
    'x\r\ny',
    '\u2028',
  ),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
type Tree = YamlScalar | Tree[] | { [key: string]: Tree };
const { tree } = fc.letrec<{ tree: Tree; map: { [key: string]: Tree } }>((tie) => ({
  tree: fc.oneof({ maxDepth: 4, depthIdentifier: 'yaml' }, scalar, fc.array(tie('tree'), { maxLength: 3 }), tie('map')),
  map: fc.dictionary(key, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
}));
const mapping = fc.dictionary(key, tree, { minKeys: 1, maxKeys: 5, noNullPrototype: true });
const layout = fc.record({
  indent: fc.constantFrom(2, 3, 4),
  collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
  defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_SINGLE' as const, 'QUOTE_DOUBLE' as const),
  lineWidth: fc.constantFrom(0, 40),
});

/** Paths of every scalar in a tree. */
function scalarPaths(value: Tree, path: readonly string[] = []): readonly (readonly string[])[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => scalarPaths(item, [...path, String(index)]));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, item]) => scalarPaths(item, [...path, name]));
  }
  return [path];
}

function withSet(value: Tree, [segment, ...rest]: readonly string[], to: YamlScalar): Tree {
  if (segment === undefined) {
    return to;
  }
  if (Array.isArray(value)) {
    return value.with(Number(segment), withSet(value[Number(segment)] ?? null, rest, to));
  }
  const map = typeof value === 'object' && value !== null ? value : {};
  return { ...map, [segment]: withSet(map[segment] ?? null, rest, to) };
}

/** A minus before zero has no meaning in a configuration; YAML keeps it, the edit does not. */
const normal = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('for any text', () => {
  it('any value set is the only thing that changes, setting it again changes nothing', () => {
    fc.assert(
      fc.property(mapping, layout, scalar, fc.nat(), (values, options, value, pick) => {
        const text = stringify(values, options);
        const paths = scalarPaths(values);
        fc.pre(paths.length > 0);
        const path = paths[pick % paths.length] ?? [];
        const dotted = path.join('.');
        const edit = setYamlValues(text, { [dotted]: value });
        expect(normal(parse(edit.text))).toEqual(normal(withSet(values, path, value)));
        expect(setYamlValues(edit.text, { [dotted]: value })).toEqual({ text: edit.text, changed: [] });
      }),
      { numRuns: 400 },
    );
  });

  it('only bytes of the value’s own lines differ', () => {
    const line = fc.tuple(
      key,
      fc.constantFrom('  ', ' '),
      fc.constantFrom('v1', '"v1"', "'v1'", '1', 'true'),
      fc.constantFrom('', ' # c', '  '),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(line, { minLength: 1, selector: ([name]) => name }),
        fc.constantFrom('\n', '\r\n'),
        fc.nat(),
        fc.constantFrom<YamlScalar>('v2', 2, false, 'a b', 'yes'),
        (lines, ending, pick, value) => {
          const rows = lines.map(([name, space, source, tail]) => `${name}:${space}${source}${tail}`);
          const index = pick % lines.length;
          const [name = ''] = lines[index] ?? [];
          const edited = set(rows.join(ending), { [name]: value }).split(ending);
          expect(edited.toSpliced(index, 1)).toEqual(rows.toSpliced(index, 1));
          const [, space = '', , tail = ''] = lines[index] ?? [];
          expect(edited[index]).toMatch(`${name}:${space}`);
          expect(edited[index]?.endsWith(tail)).toBe(true);
        },
      ),
    );
  });

  it('setting the old value again restores every byte, when it was written the ordinary way', () => {
    const pairs = fc.constantFrom<readonly [string, YamlScalar, YamlScalar]>(
      ['v1', 'v1', 'v2'],
      ['"v1"', 'v1', 'v2'],
      ["'it''s'", "it's", 'v2'],
      ['"two\\nlines"', 'two\nlines', 'v2'],
      ['3', 3, 4],
      ['-0.5', -0.5, 1e21],
      ['true', true, false],
      ['null', null, 'v1'],
      ['|\n    one\n    two', 'one\ntwo\n', 'three\n\nfour\n'],
    );
    fc.assert(
      fc.property(pairs, mapping, layout, ([source, old, value], rest, options) => {
        const text = `# head\nspecial: # why\n  at: ${source}\nrest:\n  - ${JSON.stringify(stringify(rest, options))}\n`;
        const there = setYamlValues(text, { 'special.at': value });
        expect(there.changed).toEqual([{ path: 'special.at', before: old, after: value }]);
        expect(set(there.text, { 'special.at': old })).toBe(text);
      }),
    );
  });

  it('a missing path can be added to any map, and every old line stays', () => {
    fc.assert(
      fc.property(
        mapping,
        layout,
        fc.array(key, { minLength: 1, maxLength: 3 }),
        scalar,
        (values, options, path, value) => {
          fc.pre(!Object.hasOwn(values, path[0] ?? ''));
          const text = stringify(values, { ...options, collectionStyle: 'any' });
          const edit = setYamlValues(text, { [path.join('.')]: value });
          expect(normal(parse(edit.text))).toEqual(normal(withSet(values, path, value)));
          expect(edit.text.startsWith(text)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never breaks a text it does not understand', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      ':',
      ' ',
      '  ',
      '\n',
      '- ',
      '&x ',
      '*x',
      '{',
      '}',
      '[',
      ']',
      ',',
      '#',
      '|',
      '"',
      "'",
      '!t ',
      '<<',
      '---',
      '1',
      '?',
      '\r\n',
      '\t',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 20 }),
        fc.constantFrom('a', 'a.b', 'b', 'a.0'),
        scalar,
        (pieces, path, value) => {
          const text = pieces.join('');
          let edited: string;
          try {
            edited = set(text, { [path]: value });
          } catch (error) {
            expect(error).toBeInstanceOf(YamlEditError);
            return;
          }
          expect(set(edited, { [path]: value })).toBe(edited);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
