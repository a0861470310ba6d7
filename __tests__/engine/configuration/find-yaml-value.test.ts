import fc from 'fast-check';
import { stringify } from 'yaml';
import { findMissingPaths } from '../../../engine/configuration/find-yaml-value.ts';

describe('dotted paths in YAML', () => {
  const text = `
release: v1
payments: { url: https://pay.example, key: }
hosts: [a, { name: b }]
"a.b": { c: 0 }
empty: ""
off: false
base: &base { region: eu }
copy: { <<: *base, zone: 1 }
8080: port
`;

  it.each([
    'release',
    'payments',
    'payments.url',
    'hosts',
    'hosts.0',
    'hosts.1.name',
    'a\\.b.c',
    'empty',
    'off',
    '8080',
    'base.region',
  ])('lead somewhere: %s', (path) => {
    expect(findMissingPaths(text, [path])).toEqual([]);
  });

  it.each([
    'releases',
    'payments.key',
    'payments.url.host',
    'hosts.2',
    'hosts.name',
    'a.b',
    '__proto__',
    'constructor.name',
    'hosts.length',
  ])('lead nowhere: %s', (path) => {
    expect(findMissingPaths(text, [path])).toEqual([path]);
  });

  it('are missing from an empty text, and refused where there is no YAML', () => {
    expect(findMissingPaths('', ['a'])).toEqual(['a']);
    expect(() => findMissingPaths('a: [', ['a'])).toThrow(/is not valid YAML/);
  });

  it('lead to every value of any document, and to nothing below one', () => {
    const name = fc.stringMatching(/^[a-z]{1,8}$/);
    const tree = fc.dictionary(name, fc.oneof(fc.integer(), fc.dictionary(name, fc.boolean(), { minKeys: 1 })));
    fc.assert(
      fc.property(tree, (document) => {
        const paths = Object.entries(document).flatMap(([key, value]) =>
          typeof value === 'object' ? Object.keys(value).map((below) => `${key}.${below}`) : [key],
        );
        expect(findMissingPaths(stringify(document), paths)).toEqual([]);
        const beyond = paths.map((path) => `${path}.x`);
        expect(findMissingPaths(stringify(document), beyond)).toEqual(beyond);
      }),
    );
  });
});
