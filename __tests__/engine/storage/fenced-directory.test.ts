import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { FencedDirectory } from '../../../engine/storage/fenced-directory.ts';
import { nodeFencedFileOperations } from '../../../engine/storage/fenced-file-operations.ts';
import { PreconditionFailedError, StaleFenceError } from '../../../engine/workflow/fence.ts';
import { observedFileOperations } from './observed-file-operations.ts';

const file = 'state.json';
let folder: string;
let directory: FencedDirectory;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenced-'));
  directory = new FencedDirectory(join(folder, 'made', 'by', 'the', 'first', 'write'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('a fenced directory', () => {
  it('knows no file before the first write', async () => {
    await expect(directory.read(file)).resolves.toBeUndefined();
    await expect(directory.highestFence()).resolves.toBeUndefined();
  });

  it('gives back any bytes that were written, under the revision it returned', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        const before = await directory.read(file);
        const revision = await directory.replace(file, Buffer.from(bytes), before?.revision, { fence: 1 });
        expect(await directory.read(file)).toEqual({ content: Buffer.from(bytes), revision });
      }),
      { numRuns: 30 },
    );
  });

  it('lets one worker write again and again under its fence', async () => {
    const first = await directory.replace(file, 'a', undefined, { fence: 5 });
    const second = await directory.replace(file, 'b', first, { fence: 5 });
    await directory.remove(file, second, { fence: 5 });
    await expect(directory.read(file)).resolves.toBeUndefined();
    await expect(readdir(join(directory.path, '.fences', '5'))).resolves.toEqual([]);
  });

  it('runs operations of one instance one after the other, so that only one of equal preconditions holds', async () => {
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c'].map((content) => directory.replace(file, content, undefined, { fence: 1 })),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect((await directory.read(file))?.content.toString()).toBe('a');
  });

  it('refuses a lower fence, names both, and stays as it was', async () => {
    const revision = await directory.replace(file, 'newer', undefined, { fence: 10 });
    const attempts = [
      () => directory.replace(file, 'stale', revision, { fence: 9 }),
      () => directory.remove(file, revision, { fence: 9 }),
      () => directory.fence({ fence: 9 }),
    ];
    for (const attempt of attempts) {
      const error: unknown = await attempt().catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(StaleFenceError);
      expect(error).toMatchObject({ fence: 9, highest: 10 });
    }
    expect((await directory.read(file))?.revision).toBe(revision);
  });

  it('compares fences as numbers', async () => {
    const revision = await directory.replace(file, 'a', undefined, { fence: 9 });
    await expect(directory.replace(file, 'b', revision, { fence: 10 })).resolves.toEqual(expect.any(String));
    await expect(directory.highestFence()).resolves.toBe(10);
  });

  it('shuts out lower fences without a write', async () => {
    await directory.fence({ fence: 3 });
    await expect(directory.replace(file, 'a', undefined, { fence: 2 })).rejects.toBeInstanceOf(StaleFenceError);
    await expect(directory.read(file)).resolves.toBeUndefined();
  });

  it.each([
    ['another content than expected', 'content', 'wrong'],
    ['no file where one is expected', undefined, 'wrong'],
    ['a file where none is expected', 'content', undefined],
  ])('refuses %s, and stays as it was', async (_case, content, expected) => {
    if (content !== undefined) await directory.replace(file, content, undefined, { fence: 1 });
    await expect(directory.replace(file, 'x', expected, { fence: 2 })).rejects.toBeInstanceOf(PreconditionFailedError);
    expect((await directory.read(file))?.content.toString()).toBe(content);
    await expect(readdir(join(directory.path, '.fences', '2'))).resolves.toEqual([]);
  });

  it.each(['', '.', '..', '../x', 'a/b', '/etc/passwd', '.fences', '-rf', 'a\0b', 'a\\b', 'ä'])(
    'refuses the file name %j',
    async (name) => {
      await expect(directory.read(name)).rejects.toThrow('is not a plain file name');
      expect(() => directory.replace(name, '', undefined, { fence: 1 })).toThrow('is not a plain file name');
      expect(() => directory.remove(name, '', { fence: 1 })).toThrow('is not a plain file name');
    },
  );

  it.each([-1, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])('refuses %d as a fence', async (fence) => {
    await expect(directory.fence({ fence })).rejects.toThrow(RangeError);
  });

  it('does not follow a symbolic link, neither reading nor writing', async () => {
    const outside = join(folder, 'outside');
    await writeFile(outside, 'mine');
    await mkdir(directory.path, { recursive: true });
    await symlink(outside, join(directory.path, file));
    await expect(directory.read(file)).rejects.toThrow('is a symbolic link');
    await expect(directory.replace(file, 'x', undefined, { fence: 1 })).rejects.toThrow('is a symbolic link');
    await expect(readFile(outside, 'utf8')).resolves.toBe('mine');
  });

  it('says so when its staging folder vanishes without a newer run', async () => {
    const meddled = new FencedDirectory(
      directory.path,
      observedFileOperations(nodeFencedFileOperations, async (name) => {
        if (name === 'rename') await rm(join(directory.path, '.fences'), { recursive: true });
      }),
    );
    await expect(meddled.replace(file, 'a', undefined, { fence: 1 })).rejects.toThrow('no newer run removed it');
    await expect(directory.read(file)).resolves.toBeUndefined();
  });
});
