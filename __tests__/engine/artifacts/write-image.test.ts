import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import fc from 'fast-check';

import { OciLayout } from '../../../engine/artifacts/oci-layout.ts';
import { OciLayoutRegistry } from '../../../engine/artifacts/oci-layout-registry.ts';
import { digestOf } from '../../../engine/artifacts/oci-manifest.ts';
import { type ImageFile, writeImage } from '../../../engine/artifacts/write-image.ts';

const { signal } = new AbortController();
const repository = 'dev/shop';
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'write-image-'));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

const write = (files: readonly ImageFile[], tag?: string, registryRoot = root) =>
  writeImage({ registryRoot, repository, files, entrypoint: ['node'], ...(tag !== undefined && { tag }) });

async function blobOf(digest: string) {
  return await readFile(join(root, repository, 'blobs', 'sha256', digest.slice(7)));
}

describe('writing an image', () => {
  it('gives the same digest for the same files, in any order, anywhere', async () => {
    const path = fc.stringMatching(/^[a-z]{1,3}(\/[a-z]{1,3}){0,3}\.js$/);
    const files = fc.uniqueArray(fc.record({ path, content: fc.uint8Array(), mode: fc.constantFrom(0o644, 0o755) }), {
      selector: (file) => file.path,
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(files, async (given) => {
        const first = await write(given);
        const second = await write(given.toReversed(), undefined, join(root, 'elsewhere'));
        expect(second).toEqual(first);
      }),
      { numRuns: 25 },
    );
  });

  it('gives another digest for another content, path, mode, command, label or platform', async () => {
    const file = { path: 'a/b', content: 'x' };
    const base = { registryRoot: root, repository, files: [file], entrypoint: ['node'] };
    const sources = [
      base,
      { ...base, files: [{ ...file, content: 'y' }] },
      { ...base, files: [{ ...file, path: 'a/c' }] },
      { ...base, files: [{ ...file, mode: 0o755 }] },
      { ...base, command: ['run'] },
      { ...base, environment: { PORT: '1' } },
      { ...base, labels: { a: 'b' } },
      { ...base, architecture: 'arm64' },
    ];
    const digests: string[] = [];
    for (const source of sources) digests.push((await writeImage(source)).digest);
    expect(new Set(digests).size).toBe(sources.length);
  });

  it('describes the layer by both digests, in a gzip frame that names neither time nor system', async () => {
    const { digest } = await write([{ path: 'a', content: 'x' }]);
    const layout = new OciLayout(join(root, repository));
    const manifest = await layout.readManifest(digest);
    if (manifest.kind !== 'image') throw new Error('not an image');
    const layer = await blobOf(manifest.content.layers[0]?.digest ?? '');
    const config: unknown = JSON.parse((await blobOf(manifest.content.config.digest)).toString());
    expect(config).toMatchObject({ rootfs: { diff_ids: [digestOf(gunzipSync(layer))] } });
    expect([...layer.subarray(4, 8), layer[9]]).toEqual([0, 0, 0, 0, 255]);
  });

  it('points the tag at the image, wherever it pointed before', async () => {
    const registry = new OciLayoutRegistry(root);
    await write([{ path: 'a', content: '1' }], 'latest');
    const { digest } = await write([{ path: 'a', content: '2' }], 'latest');
    await expect(registry.resolve(repository, 'latest', signal)).resolves.toBe(digest);
  });

  it('can write beside promotions, whatever fence they hold', async () => {
    const registry = new OciLayoutRegistry(root);
    const { digest } = await write([{ path: 'a', content: '1' }]);
    await registry.tag(repository, 'promoted', digest, undefined, { key: 'k', fence: 41, signal });
    await write([{ path: 'a', content: '2' }], 'latest');
    await registry.untag(repository, 'promoted', digest, { key: 'k', fence: 41, signal });
    await expect(registry.has(repository, digest, signal)).resolves.toBe(true);
  });

  it.each(['/etc/passwd', '../x', 'a/../b', 'a//b', './a', 'a/', '', 'a\0'])('refuses the path %j', async (path) => {
    await expect(write([{ path, content: '' }])).rejects.toThrow('is not a path in an image');
  });

  it('refuses a path that is there twice, or a file and a folder at once', async () => {
    const [a, ab] = [
      { path: 'a', content: '' },
      { path: 'a/b', content: '' },
    ];
    await expect(write([a, a])).rejects.toThrow('given twice');
    await expect(write([ab, a])).rejects.toThrow('a file and a folder');
  });

  it('loses no image when several processes write at once, one of them killed in the middle', async () => {
    const child = (name: string) =>
      spawn(
        process.execPath,
        [
          '--input-type=module',
          '--eval',
          `import { writeImage } from ${JSON.stringify(join(import.meta.dirname, '../../../engine/artifacts/write-image.ts'))};
           for (let i = 0; i < 5; i += 1) {
             const tag = ${JSON.stringify(name)} + i;
             await writeImage({ registryRoot: ${JSON.stringify(root)}, repository: ${JSON.stringify(repository)},
               files: [{ path: 'name', content: tag }], entrypoint: ['node'], tag });
             process.stdout.write(tag);
           }`,
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
    const [doomed, ...others] = [child('x'), child('a'), child('b'), child('c')];
    const closed = others.map((each) => once(each, 'close'));
    for (const each of others) each.stdout.resume();
    await once(doomed.stdout, 'data');
    doomed.kill('SIGKILL');
    await Promise.all(closed);
    const registry = new OciLayoutRegistry(root);
    for (const name of ['x0', 'a0', 'a4', 'b0', 'b4', 'c0', 'c4']) {
      const digest = await registry.resolve(repository, name, signal);
      expect(digest).toBeDefined();
      const { layers } = await registry.inspect(repository, digest ?? '', signal);
      expect(layers.map(({ isIntact }) => isIntact)).toEqual([true]);
    }
    await expect(readdir(join(root, repository, '.writers'))).resolves.toEqual([]);
  }, 60_000);
});
