import fc from 'fast-check';
import { stringify } from 'yaml';
import {
  configurationChanges,
  isSecretSetting,
  sameSettings,
  withMaskedValues,
} from '../../../engine/configuration/configuration-changes.ts';

describe('the changes of a configuration', () => {
  it('are told setting by setting, lists by number', () => {
    const before = 'a: 1\nb:\n  c: x # old\nlist: [1, 2]\ngone: yes\n';
    const after = 'a: 1\nb:\n  c: y\nlist: [1, 3]\nnew.name: {}\n';
    expect(configurationChanges(before, after)).toEqual([
      { kind: 'configuration', subject: 'b.c', before: 'x', after: 'y' },
      { kind: 'configuration', subject: 'list.1', before: '2', after: '3' },
      { kind: 'configuration', subject: 'gone', before: 'yes', after: undefined },
      { kind: 'configuration', subject: 'new\\.name', before: undefined, after: '{}' },
    ]);
  });

  it('are those of a file that is new, or gone', () => {
    expect(configurationChanges(undefined, 'a: true\n')).toEqual([
      { kind: 'configuration', subject: 'a', before: undefined, after: 'true' },
    ]);
    expect(configurationChanges('a: 1.5\n', undefined)).toEqual([
      { kind: 'configuration', subject: 'a', before: '1.5', after: undefined },
    ]);
  });

  it('say that a secret changed, and neither what it was nor what it is', () => {
    const changes = configurationChanges('db:\n  password: hunter2\n', 'db:\n  password: hunter3\n');
    expect(changes).toEqual([{ kind: 'configuration', subject: 'db.password', before: '***', after: '*** (changed)' }]);
    const urls = configurationChanges('url: https://a:b@x.example/\n', 'url: https://a:c@y.example/\n');
    expect(JSON.stringify(urls)).not.toMatch(/a:b|a:c/);
    expect(withMaskedValues([{ path: 'stripe.apiKey', before: undefined, after: 'sk_live' }])).toEqual([
      { path: 'stripe.apiKey', before: undefined, after: '*** (changed)' },
    ]);
    expect(withMaskedValues([{ path: 'page.size', before: 10, after: 20 }])).toEqual([
      { path: 'page.size', before: 10, after: 20 },
    ]);
  });

  it('leave what stayed the same to be told apart, without its secrets', () => {
    const before = 'a: 1\nlist: [1, 2]\ndb: { password: hunter2, url: https://a:b@x.example/ }\n';
    const same = sameSettings(before, before.replace('[1, 2]', '[1, 3]'));
    expect(same.map(({ subject }) => subject)).toEqual(['a', 'list.0', 'db.password', 'db.url']);
    expect(JSON.stringify(same)).not.toMatch(/hunter2|a:b/);
    expect(sameSettings(undefined, before)).toEqual([]);
  });

  it.each(['db.password', 'apiKey', 'api_key', 'auth.jwt-secret', 'tokens.0', 'signing_key', 'aws.accessKey'])(
    'take %s for a secret',
    (path) => {
      expect(isSecretSetting(path)).toBe(true);
    },
  );

  it.each(['page.size', 'keyboard', 'release', 'images.tokenizer', 'passenger.limit'])('take %s for none', (path) => {
    expect(isSecretSetting(path)).toBe(false);
  });

  it('are none when nothing changed, and lead back when they are read the other way round', () => {
    const scalar = fc.oneof(fc.integer(), fc.boolean(), fc.string({ maxLength: 8 }), fc.constant(null));
    const values = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.oneof(scalar, fc.dictionary(fc.constantFrom('d', 'e'), scalar), fc.array(scalar, { maxLength: 3 })),
    );
    fc.assert(
      fc.property(values, values, (left, right) => {
        const [before, after] = [stringify(left), stringify(right)];
        expect(configurationChanges(before, before)).toEqual([]);
        const forward = new Map(configurationChanges(before, after).map((each) => [each.subject, each]));
        const back = configurationChanges(after, before);
        expect(back).toHaveLength(forward.size);
        for (const each of back) {
          expect(forward.get(each.subject)).toMatchObject({ before: each.after, after: each.before });
        }
      }),
    );
  });
});
