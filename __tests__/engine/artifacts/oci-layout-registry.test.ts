import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { BlobError } from '../../../engine/artifacts/oci-blob-store.ts';
import { OciLayout } from '../../../engine/artifacts/oci-layout.ts';
import { OciLayoutRegistry } from '../../../engine/artifacts/oci-layout-registry.ts';
import { digestOf, indexMediaType, manifestMediaType, tagAnnotation } from '../../../engine/artifacts/oci-manifest.ts';
import { writeImage } from '../../../engine/artifacts/write-image.ts';
import { PreconditionFailedError, StaleFenceError } from '../../../engine/workflow/fence.ts';

const { signal } = new AbortController();
const [source, target] = ['dev/shop/api', 'staging/shop/api'];
let root: string;
let registry: OciLayoutRegistry;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'registry-'));
  registry = new OciLayoutRegistry(root);
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

const under = (fence: number) => ({ key: 'pr-1:promote-artifacts', fence, signal });
const blobPath = (repository: string, digest: string) => join(root, repository, 'blobs', 'sha256', digest.slice(7));

async function image(content = 'v1', more: { readonly tag?: string; readonly architecture?: string } = {}) {
  const { digest } = await writeImage({
    registryRoot: root,
    repository: source,
    files: [{ path: 'app/server.js', content }],
    entrypoint: ['node', 'app/server.js'],
    command: ['--port', '8080'],
    labels: { 'org.opencontainers.image.version': content },
    ...more,
  });
  return digest;
}

async function layersOf(digest: string) {
  return (await registry.inspect(source, digest, signal)).layers;
}

/** Stores any document as a manifest and lists it in the layout, as a build tool would. */
async function addManifest(document: object, mediaType = manifestMediaType, tag?: string) {
  const layout = new OciLayout(join(root, source));
  await layout.create();
  const bytes = Buffer.from(JSON.stringify(document, undefined, 3));
  const entry = {
    mediaType,
    ...(await layout.blobs.add(bytes)),
    ...(tag && { annotations: { [tagAnnotation]: tag } }),
  };
  await layout.updateIndex((index) => ({ ...index, manifests: [...index.manifests, entry] }), { fence: 0 });
  return { ...entry, bytes };
}

async function addReferrer(subject: { readonly digest: string; readonly size: number }, content: string) {
  const layout = new OciLayout(join(root, source));
  const empty = await layout.blobs.add(Buffer.from('{}'));
  const layer = await layout.blobs.add(Buffer.from(content));
  return await addManifest({
    schemaVersion: 2,
    mediaType: manifestMediaType,
    artifactType: 'application/vnd.example.signature',
    config: { mediaType: 'application/vnd.oci.empty.v1+json', ...empty },
    layers: [{ mediaType: 'application/vnd.example.signature', ...layer }],
    subject: { mediaType: manifestMediaType, ...subject },
  });
}

async function sizeOf(digest: string) {
  return (await readFile(blobPath(source, digest))).byteLength;
}

describe('a registry of OCI layouts', () => {
  it('knows nothing in a repository that does not exist', async () => {
    await expect(registry.resolve(source, 'v1', signal)).resolves.toBeUndefined();
    await expect(registry.has(source, digestOf(Buffer.from('x')), signal)).resolves.toBe(false);
    await expect(registry.inspect(source, digestOf(Buffer.from('x')), signal)).rejects.toBeInstanceOf(BlobError);
    await expect(readdir(root)).resolves.toEqual([]);
  });

  it.each([
    '../outside',
    'a/../b',
    '/etc',
    'a//b',
    'Upper',
    'a/.fences',
    '',
    'a/blobs',
    'index.json',
    'a\\b',
    'a:1/b:2',
  ])('refuses %j as the name of a repository', async (name) => {
    await expect(registry.resolve(name, 'v1', signal)).rejects.toThrow('is not a repository name');
    await expect(registry.copy(source, name, await image(), under(1))).rejects.toThrow('is not a repository name');
  });

  it('keeps repositories whose names continue each other apart', async () => {
    const digest = await image();
    await registry.copy(source, 'registry:5000/shop', digest, under(1));
    await registry.copy(source, 'registry:5000/shop/api', digest, under(1));
    await registry.tag('registry:5000/shop', 'v1', digest, undefined, under(1));
    await expect(registry.resolve('registry:5000/shop/api', 'v1', signal)).resolves.toBeUndefined();
  });

  it('refuses what is no digest and what is no tag', async () => {
    await expect(registry.has(source, 'sha256:../../etc/passwd', signal)).rejects.toThrow('is not a digest');
    await expect(registry.inspect(source, 'v1', signal)).rejects.toThrow('is not a digest');
    await expect(registry.resolve(source, '../v1', signal)).rejects.toThrow('is not a tag');
  });

  describe('inspecting', () => {
    it('says what an image is', async () => {
      const digest = await image('v7');
      const inspection = await registry.inspect(source, digest, signal);
      expect(inspection).toMatchObject({
        digest,
        mediaType: manifestMediaType,
        platforms: [{ os: 'linux', architecture: 'amd64' }],
        layers: [{ isIntact: true }],
        labels: { 'org.opencontainers.image.version': 'v7' },
        entrypoint: ['node', 'app/server.js'],
        command: ['--port', '8080'],
      });
      const blobs = await readdir(join(root, source, 'blobs', 'sha256'));
      const sizes = await Promise.all(blobs.map((name) => sizeOf(`sha256:${name}`)));
      expect(inspection.sizeBytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
    });

    it('says what an index of several platforms is, and passes over attestations', async () => {
      const [amd64, arm64] = [await image('a'), await image('b', { architecture: 'arm64' })];
      const attestation = await addReferrer({ digest: amd64, size: await sizeOf(amd64) }, 'in-toto');
      const index = await addIndex([amd64, arm64, attestation.digest]);
      const inspection = await registry.inspect(source, index.digest, signal);
      expect(inspection.platforms.map(({ architecture }) => architecture)).toEqual(['amd64', 'arm64']);
      expect(inspection.layers).toHaveLength(3);
    });

    it.each([
      ['missing', (path: string) => rm(path)],
      ['truncated', (path: string) => truncate(path, 10)],
      [
        'changed',
        async (path: string) => {
          const bytes = await readFile(path);
          bytes[20] = (bytes[20] ?? 0) ^ 1;
          await writeFile(path, bytes);
        },
      ],
    ])('reports a layer that is %s, and copies nothing of the image then', async (_case, damage) => {
      const digest = await image();
      const [layer] = await layersOf(digest);
      await damage(blobPath(source, layer?.digest ?? ''));
      expect((await registry.inspect(source, digest, signal)).layers).toEqual([{ ...layer, isIntact: false }]);
      await expect(registry.copy(source, target, digest, under(1))).rejects.toThrow(layer?.digest);
      await expect(registry.has(target, digest, signal)).resolves.toBe(false);
      await expect(readdir(join(root, target, 'blobs', 'sha256'))).resolves.not.toContain(layer?.digest.slice(7));
    });

    it('throws for a manifest or a configuration that is damaged, and names it', async () => {
      const digest = await image();
      const layout = new OciLayout(join(root, source));
      const manifest = await layout.readManifest(digest, signal);
      const config = manifest.kind === 'image' ? manifest.content.config.digest : '';
      await writeFile(blobPath(source, config), '{}');
      await expect(registry.inspect(source, digest, signal)).rejects.toThrow(config);
      await writeFile(blobPath(source, digest), '{}');
      await expect(registry.inspect(source, digest, signal)).rejects.toThrow(digest);
    });

    it('refuses a manifest that is an image and an index at once', async () => {
      const both = await addManifest({ schemaVersion: 2, manifests: [], layers: [], config: {} });
      await expect(registry.inspect(source, both.digest, signal)).rejects.toThrow('an image and an index at once');
    });

    it('refuses a manifest that names a blob outside', async () => {
      const config = { mediaType: 'x', digest: 'sha256:../../../../etc/passwd', size: 1 };
      const hostile = await addManifest({ schemaVersion: 2, config, layers: [] });
      await expect(registry.inspect(source, hostile.digest, signal)).rejects.toThrow('must be a digest');
    });
  });

  describe('copying', () => {
    it('copies an image whole, byte by byte, and only once', async () => {
      const digest = await image();
      const { sizeBytes } = await registry.inspect(source, digest, signal);
      await expect(registry.copy(source, target, digest, under(1))).resolves.toEqual({ copiedBytes: sizeBytes });
      await expect(registry.has(target, digest, signal)).resolves.toBe(true);
      expect(await registry.inspect(target, digest, signal)).toEqual(await registry.inspect(source, digest, signal));
      await expect(readFile(blobPath(target, digest))).resolves.toEqual(await readFile(blobPath(source, digest)));
      await expect(registry.copy(source, target, digest, under(2))).resolves.toEqual({ copiedBytes: 0 });
    });

    it('makes a layout that says so', async () => {
      await registry.copy(source, target, await image(), under(1));
      const layout: unknown = JSON.parse(await readFile(join(root, target, 'oci-layout'), 'utf8'));
      expect(layout).toEqual({ imageLayoutVersion: '1.0.0' });
    });

    it('takes a copy that was cut off up where it ended, and repairs what is damaged in the target', async () => {
      const digest = await image();
      await registry.copy(source, target, digest, under(1));
      const [layer] = await layersOf(digest);
      await rm(join(root, target, 'index.json'));
      await truncate(blobPath(target, layer?.digest ?? ''), 3);
      await expect(registry.has(target, digest, signal)).resolves.toBe(false);
      await expect(registry.copy(source, target, digest, under(2))).resolves.toEqual({ copiedBytes: layer?.sizeBytes });
      expect((await registry.inspect(target, digest, signal)).layers[0]?.isIntact).toBe(true);
    });

    it('copies every platform of an index, and each is found by its own digest', async () => {
      const [amd64, arm64] = [await image('a'), await image('b', { architecture: 'arm64' })];
      const index = await addIndex([amd64, arm64]);
      await registry.copy(source, target, index.digest, under(1));
      await expect(registry.has(target, arm64, signal)).resolves.toBe(true);
      expect((await registry.inspect(target, index.digest, signal)).layers.map(({ isIntact }) => isIntact)).toEqual([
        true,
        true,
      ]);
    });

    it('copies what refers to the image, what refers to that, and nothing else', async () => {
      const digest = await image('v1');
      const other = await image('v2');
      const signature = await addReferrer({ digest, size: await sizeOf(digest) }, 'signature');
      const ofSignature = await addReferrer(signature, 'counter-signature');
      const ofOther = await addReferrer({ digest: other, size: await sizeOf(other) }, 'other');
      await registry.copy(source, target, digest, under(1));
      await expect(registry.has(target, signature.digest, signal)).resolves.toBe(true);
      await expect(registry.has(target, ofSignature.digest, signal)).resolves.toBe(true);
      await expect(registry.has(target, ofOther.digest, signal)).resolves.toBe(false);
      await expect(readFile(blobPath(target, signature.digest))).resolves.toEqual(signature.bytes);
    });

    it('copies a signature that came after the image was copied', async () => {
      const digest = await image();
      await registry.copy(source, target, digest, under(1));
      const signature = await addReferrer({ digest, size: await sizeOf(digest) }, 'signature');
      await registry.copy(source, target, digest, under(1));
      await expect(registry.has(target, signature.digest, signal)).resolves.toBe(true);
    });

    it('does nothing for a run that lost its lease', async () => {
      const digest = await image();
      await registry.copy(source, target, await image('newer'), under(2));
      await expect(registry.copy(source, target, digest, under(1))).rejects.toBeInstanceOf(StaleFenceError);
      await expect(readdir(join(root, target, 'blobs', 'sha256'))).resolves.toHaveLength(3);
    });

    it('makes not even a layout for a run that lost its lease', async () => {
      const digest = await image();
      await registry.fence(target, under(2));
      await expect(registry.copy(source, target, digest, under(1))).rejects.toBeInstanceOf(StaleFenceError);
      await expect(readdir(join(root, target))).resolves.toEqual(['.fences']);
    });

    it('stops when it is aborted, and leaves no part of a blob', async () => {
      const digest = await image();
      const aborted = { key: 'k', fence: 1, signal: AbortSignal.abort(new Error('lease lost')) };
      await expect(registry.copy(source, target, digest, aborted)).rejects.toThrow();
      await expect(registry.has(target, digest, signal)).resolves.toBe(false);
    });

    it('keeps every image when several are copied at once', async () => {
      const digests: string[] = [];
      for (const content of ['a', 'b', 'c', 'd', 'e']) digests.push(await image(content));
      await Promise.all(digests.map((digest) => registry.copy(source, target, digest, under(1))));
      for (const digest of digests) await expect(registry.has(target, digest, signal)).resolves.toBe(true);
    });
  });

  describe('tagging', () => {
    it('points a tag at an image, moves it, and takes it away; the images stay', async () => {
      const [v1, v2] = [await image('v1'), await image('v2')];
      await registry.tag(source, 'current', v1, undefined, under(1));
      await registry.tag(source, 'stable', v1, undefined, under(1));
      await registry.tag(source, 'current', v2, v1, under(1));
      await expect(registry.resolve(source, 'current', signal)).resolves.toBe(v2);
      await expect(registry.resolve(source, 'stable', signal)).resolves.toBe(v1);
      await registry.untag(source, 'stable', v1, under(1));
      await expect(registry.resolve(source, 'stable', signal)).resolves.toBeUndefined();
      await expect(registry.has(source, v1, signal)).resolves.toBe(true);
    });

    it('keeps what others wrote about an image and about the layout', async () => {
      const digest = await image();
      const path = join(root, source, 'index.json');
      const index = JSON.parse(await readFile(path, 'utf8')) as { manifests: object[] };
      const entry = {
        ...index.manifests[0],
        annotations: { note: 'kept' },
        platform: { os: 'linux', architecture: 'amd64' },
      };
      await writeFile(path, JSON.stringify({ ...index, manifests: [entry], annotations: { mine: 'too' } }));
      await registry.tag(source, 'v1', digest, undefined, under(1));
      await registry.untag(source, 'v1', digest, under(1));
      expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
        ...index,
        manifests: [entry],
        annotations: { mine: 'too' },
      });
    });

    it('is done already when an earlier attempt did it', async () => {
      const digest = await image();
      await registry.tag(source, 'v1', digest, undefined, under(1));
      await registry.tag(source, 'v1', digest, undefined, under(2));
      await registry.untag(source, 'v1', digest, under(2));
      await registry.untag(source, 'v1', digest, under(3));
      await expect(registry.resolve(source, 'v1', signal)).resolves.toBeUndefined();
    });

    it('refuses when the tag points elsewhere, or exists against expectation, or is missing', async () => {
      const [v1, v2, v3] = [await image('v1'), await image('v2'), await image('v3')];
      await registry.tag(source, 'current', v1, undefined, under(1));
      for (const attempt of [
        () => registry.tag(source, 'current', v3, v2, under(2)),
        () => registry.tag(source, 'current', v3, undefined, under(2)),
        () => registry.tag(source, 'other', v3, v1, under(2)),
        () => registry.untag(source, 'current', v2, under(2)),
      ]) {
        await expect(attempt()).rejects.toBeInstanceOf(PreconditionFailedError);
      }
      await expect(registry.resolve(source, 'current', signal)).resolves.toBe(v1);
    });

    it('refuses a run that lost its lease, even when nothing is left to do', async () => {
      const [v1, v2] = [await image('v1'), await image('v2')];
      await registry.tag(source, 'current', v1, undefined, under(2));
      for (const attempt of [
        () => registry.tag(source, 'current', v2, v1, under(1)),
        () => registry.tag(source, 'current', v1, undefined, under(1)),
        () => registry.tag(source, 'current', v2, v2, under(1)),
        () => registry.untag(source, 'none', v1, under(1)),
      ]) {
        await expect(attempt()).rejects.toBeInstanceOf(StaleFenceError);
      }
    });

    it('shuts out a run that lost its lease before anything is written', async () => {
      const digest = await image();
      await registry.fence(target, under(2));
      await expect(registry.copy(source, target, digest, under(1))).rejects.toBeInstanceOf(StaleFenceError);
      await expect(registry.fence(target, under(1))).rejects.toBeInstanceOf(StaleFenceError);
      await expect(registry.has(target, digest, signal)).resolves.toBe(false);
    });

    it('refuses an image that the repository does not hold', async () => {
      await image();
      const absent = digestOf(Buffer.from('absent'));
      await expect(registry.tag(source, 'v1', absent, undefined, under(1))).rejects.toThrow(absent);
    });

    it('loses none of several tags that are set at once', async () => {
      const digest = await image();
      const tags = ['a', 'b', 'c', 'd', 'e', 'f'];
      await Promise.all(tags.map((tag) => registry.tag(source, tag, digest, undefined, under(1))));
      for (const tag of tags) await expect(registry.resolve(source, tag, signal)).resolves.toBe(digest);
    });
  });

  it('says which file it is when a layout is damaged or newer than it knows', async () => {
    await mkdir(join(root, source), { recursive: true });
    await writeFile(join(root, source, 'index.json'), '{"schemaVersion": 1}');
    await expect(registry.resolve(source, 'v1', signal)).rejects.toThrow(join(root, source, 'index.json'));
    await writeFile(join(root, source, 'oci-layout'), '{"imageLayoutVersion": "2.0.0"}');
    await expect(registry.resolve(source, 'v1', signal)).rejects.toThrow('must be 1.x');
  });
});

async function addIndex(digests: readonly string[]) {
  const manifests = await Promise.all(
    digests.map(async (digest) => ({ mediaType: manifestMediaType, digest, size: await sizeOf(digest) })),
  );
  return await addManifest({ schemaVersion: 2, mediaType: indexMediaType, manifests }, indexMediaType);
}
