import { findMissingNeeds } from '../../../engine/needs/find-missing-needs.ts';
import type { ReleaseNeeds } from '../../../engine/release.ts';
import type { DispensableStep } from '../../../engine/rules/step-names.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import { unreachablePorts } from '../../support/unreachable-ports.ts';
import { sampleDefinition, sampleRelease } from '../workflow/sample-promotion.ts';

const signal = new AbortController().signal;
const none: ReleaseNeeds = { configuration: [], secrets: [], flags: [], extensions: [] };
const look = (needs: Partial<ReleaseNeeds> | undefined, ports: Partial<Ports> = {}, target: object = {}) => {
  const definition = sampleDefinition([]);
  return findMissingNeeds({
    release: {
      ...sampleRelease,
      content: { ...sampleRelease.content, ...(needs === undefined ? {} : { needs: { ...none, ...needs } }) },
    },
    definition: { ...definition, target: { ...definition.target, ...target } },
    // Whatever a test does not give must not be asked for.
    ports: new Proxy(unreachablePorts, {
      get: (all, name) => (name in ports ? ports[name as keyof Ports] : Reflect.get(all, name)) as unknown,
    }),
    signal,
  });
};

describe('what a release needs', () => {
  it('is looked for only where it needs something', async () => {
    expect(await look(undefined)).toEqual([]);
    expect(await look({})).toEqual([]);
    const names = { names: async () => ['KEY'], whereToAdd: () => 'the vault' };
    expect(await look({ secrets: ['KEY'] }, { secrets: names })).toEqual([]);
  });

  it('cannot be where the rules give the environment nothing of the kind', async () => {
    expect(await look({ flags: ['beta'], extensions: ['pgcrypto'] })).toEqual([
      'flag beta cannot be in staging: the rules give it no flags',
      'extension pgcrypto cannot be in staging: the rules give it no database',
    ]);
  });

  it('is unknown, not missing, when the target cannot be asked', async () => {
    const secrets = { names: () => Promise.reject(new Error('the vault is sealed')), whereToAdd: () => 'the vault' };
    await expect(look({ secrets: ['KEY'] }, { secrets })).rejects.toThrow('the vault is sealed');
  });

  it('is there by name only: nothing asks what is in a secret', async () => {
    const asked: PropertyKey[] = [];
    const secrets = new Proxy(
      { names: async () => [], whereToAdd: () => 'the vault' },
      {
        get: (target, name) => {
          asked.push(name);
          return Reflect.get(target, name) as unknown;
        },
      },
    );
    expect(await look({ secrets: ['KEY'] }, { secrets })).toEqual([
      'secret KEY is not in staging: add it to the vault',
    ]);
    expect(new Set(asked)).toEqual(new Set(['names', 'whereToAdd']));
  });
});

describe('what a release needs and brings itself', () => {
  const repository = {
    head: async () => 'c',
    read: async () => 'limit: 5\n',
  } as unknown as ReturnType<Ports['configuration']>;
  const flagStore = { read: async () => ({ revision: '', flags: [] }) } as unknown as Ports['flags'];
  const ports: Partial<Ports> = { configuration: () => repository, flags: flagStore };
  const bringing = async (leftOut: readonly DispensableStep[]) => {
    const definition = { ...sampleDefinition([]), leftOut };
    const flags = [{ key: 'beta', description: '', defaultEnabled: false }];
    const content = {
      ...sampleRelease.content,
      configuration: { 'feature.limit': 9 },
      flags,
      needs: { ...none, configuration: ['feature.limit', 'limit'], flags: ['beta'] },
    };
    const target = { ...definition.target, hasFlags: true };
    return findMissingNeeds({
      release: { ...sampleRelease, content },
      definition: { ...definition, target },
      ports: ports as Ports,
      signal,
    });
  };

  it('is there, unless the rules leave out the step that would bring it', async () => {
    expect(await bringing([])).toEqual([]);
    expect(await bringing(['promote-configuration', 'promote-flags'])).toEqual([
      expect.stringMatching(/^configuration feature\.limit is not set in staging/) as unknown,
      expect.stringMatching(/^flag beta is not in staging/) as unknown,
    ]);
  });
});
