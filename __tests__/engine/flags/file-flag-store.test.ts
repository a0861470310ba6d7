import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { FileFlagStore } from '../../../engine/flags/file-flag-store.ts';
import type { Flag } from '../../../engine/flags/flag-store.ts';
import { PreconditionFailedError, StaleFenceError } from '../../../engine/workflow/fence.ts';

const { signal } = new AbortController();
let root: string;
let store: FileFlagStore;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'flags-'));
  store = new FileFlagStore(root);
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

const under = (fence: number) => ({ key: 'pr-1:promote-flags', fence, signal });

const flag = (key: string): Flag => ({
  key,
  description: '',
  defaultEnabled: false,
  isEnabled: true,
  percentage: 25,
});

const anyFlag: fc.Arbitrary<Flag> = fc.record({
  key: fc.string({ minLength: 1 }),
  description: fc.string(),
  defaultEnabled: fc.boolean(),
  isEnabled: fc.boolean(),
  percentage: fc.double({ min: 0, max: 100, noNaN: true }).map((value) => value + 0),
});

describe('the flags of a local environment', () => {
  it('are none before the first write', async () => {
    expect((await store.read('dev', signal)).flags).toEqual([]);
  });

  it('are read as they were written, by key, under a revision that names them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(anyFlag, { selector: ({ key }) => key }), async (flags) => {
        const before = await store.read('dev', signal);
        const written = await store.write('dev', flags, before.revision, under(1));
        expect(await store.read('dev', signal)).toEqual(written);
        expect(written.flags).toHaveLength(flags.length);
        expect(written.flags).toEqual(expect.arrayContaining(flags));
        const again = await store.write('dev', flags.toReversed(), written.revision, under(1));
        expect(again).toEqual(written);
      }),
      { numRuns: 30 },
    );
  });

  it('differ from environment to environment', async () => {
    const dev = await store.read('dev', signal);
    await store.write('dev', [flag('checkout')], dev.revision, under(1));
    expect((await store.read('staging', signal)).flags).toEqual([]);
  });

  it('are not overwritten when somebody changed them meanwhile, the first write included', async () => {
    const seen = await store.read('dev', signal);
    await store.write('dev', [flag('theirs')], seen.revision, under(1));
    const late = store.write('dev', [flag('mine')], seen.revision, under(2));
    await expect(late).rejects.toBeInstanceOf(PreconditionFailedError);
    expect((await store.read('dev', signal)).flags).toEqual([flag('theirs')]);
  });

  it('are not changed by a run that lost its lease', async () => {
    const first = await store.read('dev', signal);
    const { revision } = await store.write('dev', [flag('newer')], first.revision, under(2));
    const stale = store.write('dev', [flag('stale')], revision, under(1));
    await expect(stale).rejects.toBeInstanceOf(StaleFenceError);
  });

  it('are not written again when they are set already, which shuts out older runs all the same', async () => {
    const first = await store.read('dev', signal);
    const { revision } = await store.write('dev', [flag('checkout')], first.revision, under(1));
    const before = await stat(join(root, 'dev', 'flags.json'));
    expect((await store.write('dev', [flag('checkout')], revision, under(3))).revision).toBe(revision);
    expect((await stat(join(root, 'dev', 'flags.json'))).ino).toBe(before.ino);
    const stale = store.write('dev', [], revision, under(2));
    await expect(stale).rejects.toBeInstanceOf(StaleFenceError);
  });

  it('are shut for older runs without being written, even where there are none yet', async () => {
    const { revision } = await store.read('dev', signal);
    await store.fence('dev', under(2));
    await expect(store.write('dev', [flag('stale')], revision, under(1))).rejects.toBeInstanceOf(StaleFenceError);
    expect(await store.read('dev', signal)).toEqual({ revision, flags: [] });
  });

  it.each([
    ['a flag twice', [flag('a'), flag('a')], 'must name each flag once'],
    ['a share above 100', [{ ...flag('a'), percentage: 101 }], 'percentage'],
    ['a flag without a key', [flag('')], 'key'],
  ])('refuse %s and stay as they were', async (_case, flags, message) => {
    const { revision } = await store.read('dev', signal);
    await expect(store.write('dev', flags, revision, under(1))).rejects.toThrow(message);
    expect(await store.read('dev', signal)).toEqual({ revision, flags: [] });
  });

  it.each([
    ['not JSON', '{', 'is not JSON'],
    ['something else', '{"flags": {}}', 'is not a set of flags'],
  ])('say where the file is that is %s', async (_case, content, message) => {
    const { revision } = await store.read('dev', signal);
    await store.write('dev', [], revision, under(1));
    const path = join(root, 'dev', 'flags.json');
    await writeFile(path, content);
    await expect(store.read('dev', signal)).rejects.toThrow(message);
    await expect(store.read('dev', signal)).rejects.toThrow(path);
    await expect(readFile(path, 'utf8')).resolves.toBe(content);
  });

  it.each(['', '..', 'a/b', 'Dev', '.fences'])('refuse the environment name %j', async (name) => {
    await expect(store.read(name, signal)).rejects.toThrow('is not the name of an environment');
    await expect(store.write(name, [], 'none', under(1))).rejects.toThrow('is not the name of an environment');
  });

  it('are left alone by a run that is being aborted', async () => {
    const aborted = { key: 'k', fence: 1, signal: AbortSignal.abort(new Error('lease lost')) };
    await expect(store.write('dev', [], 'none', aborted)).rejects.toThrow('lease lost');
    await expect(store.read('dev', aborted.signal)).rejects.toThrow('lease lost');
  });
});
