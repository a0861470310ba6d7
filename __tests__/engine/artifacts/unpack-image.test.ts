import { lstat, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync, zstdCompressSync } from 'node:zlib';

import fc from 'fast-check';
import { type Header, pack } from 'tar-stream';

import { OciLayout } from '../../../engine/artifacts/oci-layout.ts';
import {
  configMediaType,
  digestOf,
  indexMediaType,
  manifestMediaType,
} from '../../../engine/artifacts/oci-manifest.ts';
import { unpackImage } from '../../../engine/artifacts/unpack-image.ts';
import { writeImage } from '../../../engine/artifacts/write-image.ts';

const repository = 'dev/shop';
let root: string;
let destination: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'unpack-image-'));
  destination = join(root, 'images');
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

type Entry = Pick<Header, 'name'> & Partial<Header> & { readonly content?: string };

async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack();
  const reading = buffer(archive);
  for (const { content = '', ...header } of entries) archive.entry(header, content);
  archive.finalize();
  return await reading;
}

async function manifestOf(layers: readonly { readonly bytes: Buffer; readonly mediaType: string }[]) {
  const layout = new OciLayout(join(root, repository));
  await layout.create();
  const config = { os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: [] } };
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestMediaType,
    config: { mediaType: configMediaType, ...(await layout.blobs.add(Buffer.from(JSON.stringify(config)))) },
    layers: await Promise.all(
      layers.map(async ({ bytes, mediaType }) => ({ mediaType, ...(await layout.blobs.add(bytes)) })),
    ),
  };
  return await layout.blobs.add(Buffer.from(JSON.stringify(manifest)));
}

const plain = 'application/vnd.oci.image.layer.v1.tar';

/** Unpacks an image whose layers hold these entries. */
async function unpacked(...layers: readonly (readonly Entry[])[]) {
  const blobs = await Promise.all(layers.map(async (each) => ({ bytes: await tarOf(each), mediaType: plain })));
  const { digest } = await manifestOf(blobs);
  return (await unpackImage({ registryRoot: root, repository, digest, destination })).folder;
}

const text = (...path: readonly string[]) => readFile(join(...path), 'utf8');

describe('unpacking an image', () => {
  it('gives back every file that was written, with what its owner may do and nobody else', async () => {
    const path = fc.stringMatching(/^[a-z]{1,3}(\/[a-z]{1,3}){0,3}\.js$/);
    const file = fc.record({ path, content: fc.uint8Array(), mode: fc.constantFrom(0o644, 0o755, 0o600) });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(file, { selector: (each) => each.path, minLength: 1 }), async (files) => {
        const { digest } = await writeImage({ registryRoot: root, repository, files, entrypoint: ['node'] });
        const { folder } = await unpackImage({ registryRoot: root, repository, digest, destination });
        for (const each of files) {
          await expect(readFile(join(folder, each.path))).resolves.toEqual(Buffer.from(each.content));
          expect((await stat(join(folder, each.path))).mode & 0o777).toBe(each.mode & 0o700);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('says what to run', async () => {
    const { digest } = await writeImage({
      registryRoot: root,
      repository,
      files: [{ path: 'app/server.js', content: '' }],
      entrypoint: ['node', 'server.js'],
      command: ['--verbose'],
      environment: { PORT: '8080', OPTIONS: 'a=b' },
      workingDirectory: '/app',
    });
    await expect(unpackImage({ registryRoot: root, repository, digest, destination })).resolves.toEqual({
      folder: join(destination, digest.replace(':', '-')),
      entrypoint: ['node', 'server.js'],
      command: ['--verbose'],
      environment: { PORT: '8080', OPTIONS: 'a=b' },
      workingDirectory: '/app',
    });
  });

  it('leaves a folder that is there alone, and makes one when several unpack at once', async () => {
    const { digest } = await writeImage({
      registryRoot: root,
      repository,
      files: [{ path: 'a', content: 'x' }],
      entrypoint: ['node'],
    });
    const request = { registryRoot: root, repository, digest, destination };
    const all = await Promise.all([1, 2, 3, 4].map(() => unpackImage(request)));
    await writeFile(join(all[0]?.folder ?? '', 'marker'), '');
    const { folder } = await unpackImage(request);
    await expect(readdir(folder)).resolves.toEqual(['a', 'marker']);
    await expect(readdir(destination)).resolves.toHaveLength(1);
  });

  it('reads plain, gzip and zstd layers', async () => {
    const layer = (name: string) => tarOf([{ name, content: name }]);
    const { digest } = await manifestOf([
      { bytes: await layer('plain'), mediaType: plain },
      { bytes: gzipSync(await layer('gzip')), mediaType: `${plain}+gzip` },
      { bytes: gzipSync(await layer('docker')), mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip' },
      { bytes: zstdCompressSync(await layer('zstd')), mediaType: `${plain}+zstd` },
    ]);
    const { folder } = await unpackImage({ registryRoot: root, repository, digest, destination });
    await expect(readdir(folder)).resolves.toEqual(['docker', 'gzip', 'plain', 'zstd']);
  });

  it('takes the image of the asked platform from an index', async () => {
    const layout = new OciLayout(join(root, repository));
    const manifests = [];
    for (const architecture of ['amd64', 'arm64']) {
      const files = [{ path: 'architecture', content: architecture }];
      const { digest } = await writeImage({
        registryRoot: root,
        repository,
        files,
        entrypoint: ['node'],
        architecture,
      });
      const size = (await layout.readManifest(digest)).sizeBytes;
      manifests.push({ mediaType: manifestMediaType, digest, size, platform: { os: 'linux', architecture } });
    }
    const index = { schemaVersion: 2, mediaType: indexMediaType, manifests };
    const { digest } = await layout.blobs.add(Buffer.from(JSON.stringify(index)));
    const request = { registryRoot: root, repository, digest, destination };
    const { folder } = await unpackImage({ ...request, platform: { os: 'linux', architecture: 'arm64' } });
    await expect(text(folder, 'architecture')).resolves.toBe('arm64');
    const riscv = unpackImage({ ...request, platform: { os: 'linux', architecture: 'riscv64' } });
    await expect(riscv).rejects.toThrow('only for linux/amd64, linux/arm64');
  });

  describe('layer on layer', () => {
    it('lets a later layer replace and hide what an earlier one brought', async () => {
      const folder = await unpacked(
        [
          { name: 'kept', content: '1' },
          { name: 'replaced', content: '1' },
          { name: 'hidden', content: '1' },
          { name: 'folder/hidden', content: '1' },
          { name: 'opaque/old', content: '1' },
          { name: 'becomes-folder', content: '1' },
          { name: 'becomes-file/x', content: '1' },
        ],
        [
          { name: 'replaced', content: '2' },
          { name: '.wh.hidden' },
          { name: '.wh.folder' },
          { name: 'opaque/new', content: '2' },
          { name: 'opaque/.wh..wh..opq' },
        ],
        [
          { name: 'becomes-folder/', type: 'directory' },
          { name: 'becomes-folder/x', content: '3' },
          { name: 'becomes-file', content: '3' },
        ],
      );
      const names = await readdir(folder, { recursive: true });
      expect(names.toSorted()).toEqual([
        'becomes-file',
        'becomes-folder',
        'becomes-folder/x',
        'kept',
        'opaque',
        'opaque/new',
        'replaced',
      ]);
      await expect(text(folder, 'replaced')).resolves.toBe('2');
    });

    it('hides nothing that the same layer brings', async () => {
      const folder = await unpacked(
        [{ name: 'a/old', content: '1' }],
        [{ name: 'a/new', content: '2' }, { name: '.wh.a' }, { name: 'b', content: '2' }, { name: '.wh.b' }],
      );
      await expect(readdir(folder, { recursive: true })).resolves.toEqual(['a', 'b', 'a/new']);
    });

    it('does not change a file through its hard link', async () => {
      const folder = await unpacked(
        [
          { name: 'a', content: '1' },
          { name: 'b', type: 'link', linkname: 'a' },
        ],
        [{ name: 'b', content: '2' }],
      );
      await expect(text(folder, 'a')).resolves.toBe('1');
      await expect(text(folder, 'b')).resolves.toBe('2');
    });

    it('follows a link that stays inside, and replaces one that it is to overwrite', async () => {
      const folder = await unpacked(
        [
          { name: 'usr/bin/', type: 'directory' },
          { name: 'bin', type: 'symlink', linkname: 'usr/bin' },
          { name: 'usr/link', type: 'symlink', linkname: '../bin/tool' },
        ],
        [
          { name: 'bin/tool', content: 'tool', mode: 0o755 },
          { name: 'usr/link', content: 'file' },
        ],
      );
      await expect(text(folder, 'usr/bin/tool')).resolves.toBe('tool');
      await expect(text(folder, 'usr/link')).resolves.toBe('file');
    });
  });

  describe('from a hostile hand', () => {
    const outside = '../../outside';
    it.each<[string, readonly Entry[]]>([
      ['a path that goes up', [{ name: outside, content: 'x' }]],
      ['a path that goes up in the middle', [{ name: 'a/../../../outside', content: 'x' }]],
      ['an absolute path', [{ name: '/tmp/outside', content: 'x' }]],
      ['a link that goes up', [{ name: 'l', type: 'symlink', linkname: outside }]],
      ['an absolute link', [{ name: 'l', type: 'symlink', linkname: '/etc' }]],
      [
        'a link that goes up through another link',
        [
          { name: 'p/q/', type: 'directory' },
          { name: 'p/q/l', type: 'symlink', linkname: '../..' },
          { name: 's', type: 'symlink', linkname: 'p/q/l/..' },
        ],
      ],
      [
        'a link made below a link, whose way up is counted from where it lies',
        [
          { name: 'p/q/', type: 'directory' },
          { name: 'p/q/up', type: 'symlink', linkname: '../..' },
          { name: 'p/q/up/s', type: 'symlink', linkname: '../x' },
        ],
      ],
      ['a hard link to outside', [{ name: 'l', type: 'link', linkname: '/etc/passwd' }]],
      ['a hard link that goes up', [{ name: 'l', type: 'link', linkname: '../../../etc/passwd' }]],
      ['a hard link to nothing', [{ name: 'l', type: 'link', linkname: 'absent' }]],
      [
        'a hard link to a link',
        [
          { name: 's', type: 'symlink', linkname: 'absent' },
          { name: 'l', type: 'link', linkname: 's' },
        ],
      ],
      [
        'a file below a file',
        [
          { name: 'a', content: '' },
          { name: 'a/b', content: '' },
        ],
      ],
      [
        'a file through a link to nowhere',
        [
          { name: 'l', type: 'symlink', linkname: 'absent' },
          { name: 'l/x', content: '' },
        ],
      ],
      ['a whiteout of its parent', [{ name: 'a/.wh...' }]],
      ['a device', [{ name: 'null', type: 'character-device', devmajor: 1, devminor: 3 }]],
      ['a pipe', [{ name: 'pipe', type: 'fifo' }]],
    ])('refuses %s and leaves nothing', async (_case, entries) => {
      await expect(unpacked(entries)).rejects.toThrow(/cannot be unpacked/);
      await expect(readdir(destination)).resolves.toEqual([]);
      await expect(readdir(root).then((names) => names.toSorted())).resolves.toEqual(['dev', 'images']);
    });

    it('drops the set-id bits', async () => {
      const folder = await unpacked([{ name: 'su', content: '', mode: 0o4755 }]);
      expect((await lstat(join(folder, 'su'))).mode & 0o7777).toBe(0o700);
    });

    it('stops at the limit of what it may write', async () => {
      const bytes = gzipSync(await tarOf([{ name: 'zeros', content: '0'.repeat(5_000_000) }]));
      const { digest } = await manifestOf([{ bytes, mediaType: `${plain}+gzip` }]);
      const request = { registryRoot: root, repository, digest, destination, limitBytes: 1_000_000 };
      await expect(unpackImage(request)).rejects.toThrow('more than 1,000,000 bytes');
      await expect(readdir(destination)).resolves.toEqual([]);
    });

    it('writes nothing outside, whatever the names and links are', async () => {
      const name = fc
        .array(fc.constantFrom('a', 'b', '..', '.', '', 'l'), { minLength: 1, maxLength: 5 })
        .map((parts) => parts.join('/'))
        .filter((each) => each !== '');
      const entry = fc.oneof(
        fc.record({ name, content: fc.constant('x') }),
        fc.record({ name, type: fc.constant('directory' as const) }),
        fc.record({ name, type: fc.constantFrom('symlink' as const, 'link' as const), linkname: name }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 6 }), async (entries) => {
          await unpacked(entries).catch((error: unknown) => {
            expect(String(error)).toContain('cannot be unpacked');
          });
          expect((await readdir(root)).toSorted()).toEqual(['dev', 'images']);
          const folders = await readdir(destination);
          expect(folders.filter((each) => !/^sha256-[0-9a-f]{64}$/.test(each))).toEqual([]);
        }),
        { numRuns: 60 },
      );
    }, 30_000);
  });

  describe('from a damaged layout', () => {
    it.each([
      ['missing', (path: string) => rm(path)],
      ['truncated', (path: string) => truncate(path, 5)],
      ['changed', (path: string) => writeFile(path, 'changed')],
    ])('refuses a layer that is %s and leaves nothing', async (_case, damage) => {
      const bytes = await tarOf([{ name: 'a', content: 'x' }]);
      const { digest } = await manifestOf([{ bytes, mediaType: plain }]);
      await damage(join(root, repository, 'blobs', 'sha256', digestOf(bytes).slice(7)));
      const unpacking = unpackImage({ registryRoot: root, repository, digest, destination });
      await expect(unpacking).rejects.toThrow(digestOf(bytes));
      await expect(readdir(root)).resolves.toEqual(['dev']);
    });

    it('refuses a layer that is no archive, or one that ends early', async () => {
      const tar = await tarOf([{ name: 'a', content: 'x'.repeat(2000) }]);
      for (const bytes of [Buffer.from('not gzip'), gzipSync(tar).subarray(0, 50), gzipSync(tar.subarray(0, 700))]) {
        const { digest } = await manifestOf([{ bytes, mediaType: `${plain}+gzip` }]);
        await expect(unpackImage({ registryRoot: root, repository, digest, destination })).rejects.toThrow(
          'cannot be unpacked',
        );
        await expect(readdir(destination)).resolves.toEqual([]);
      }
    });
  });
});
