import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OciLayout } from '../../../../engine/artifacts/oci-layout.ts';
import { OciLayoutRegistry } from '../../../../engine/artifacts/oci-layout-registry.ts';
import { indexMediaType, manifestMediaType, tagAnnotation } from '../../../../engine/artifacts/oci-manifest.ts';
import { signatureTag } from '../../../../engine/artifacts/signatures/companion-tags.ts';
import { verifySignatures } from '../../../../engine/artifacts/signatures/verify-signatures.ts';
import { writeImage } from '../../../../engine/artifacts/write-image.ts';
import { bundleOf, payloadFor, signatureOver, signingPair, statementFor } from './signing-pairs.ts';

const repository = 'dev/shop/api';
const { signal } = new AbortController();
const build = signingPair('build');
const simpleSigning = 'application/vnd.dev.cosign.simplesigning.v1+json';
const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
let root: string;
let registry: OciLayoutRegistry;
let digest: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'signatures-'));
  registry = new OciLayoutRegistry(root);
  ({ digest } = await writeImage({
    registryRoot: root,
    repository,
    files: [{ path: 'app/server.js', content: 'v1' }],
    entrypoint: ['node'],
  }));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

const layout = () => new OciLayout(join(root, repository));
const blobPath = (of: string) => join(root, repository, 'blobs', 'sha256', of.slice(7));

interface Layer {
  readonly content: Uint8Array;
  readonly mediaType?: string;
  readonly annotations?: Record<string, string>;
  readonly size?: number;
}

/** Stores a manifest of such layers as a tool would. @returns what it is made of. */
async function store(layers: readonly Layer[], more: { readonly tag?: string; readonly subject?: string } = {}) {
  const to = layout();
  const blobs = await Promise.all(
    layers.map(async ({ content, mediaType = simpleSigning, annotations, size }) => ({
      mediaType,
      ...(await to.blobs.add(content)),
      ...(size === undefined ? {} : { size }),
      ...(annotations && { annotations }),
    })),
  );
  const config = { mediaType: 'application/vnd.oci.empty.v1+json', ...(await to.blobs.add(Buffer.from('{}'))) };
  const subject = more.subject && { subject: { mediaType: manifestMediaType, digest: more.subject, size: 1 } };
  const manifest = { schemaVersion: 2, mediaType: manifestMediaType, config, layers: blobs, ...subject };
  return { blobs, ...(await list(manifest, manifestMediaType, more.tag)) };
}

async function list(document: object, mediaType: string, tag?: string) {
  const to = layout();
  const entry = {
    mediaType,
    ...(await to.blobs.add(Buffer.from(JSON.stringify(document)))),
    ...(tag && { annotations: { [tagAnnotation]: tag } }),
  };
  await to.updateIndex((index) => ({ ...index, manifests: [...index.manifests, entry] }), { fence: 0 });
  return entry;
}

const signed = (of = digest, signer = build): Layer => {
  const content = payloadFor(of);
  return { content, annotations: { 'dev.cosignproject.cosign/signature': signatureOver(content, signer) } };
};
const verdict = async () =>
  verifySignatures(digest, await registry.signatures(repository, digest, signal), [build.key]);
const problems = async (): Promise<string> => {
  const found = await verdict();
  return found.kind === 'refused' ? found.problems.join('\n') : found.kind;
};

describe('the signatures of an image in a layout', () => {
  it('are none where there are none, and none of an image that is not there', async () => {
    await expect(registry.signatures(repository, digest, signal)).resolves.toEqual([]);
    await expect(registry.signatures('dev/shop/none', digest, signal)).resolves.toEqual([]);
  });

  it('are found under the tag of cosign', async () => {
    await store([signed(digest, signingPair('other')), signed()], { tag: signatureTag(digest) });
    await expect(verdict()).resolves.toEqual({ kind: 'verified', by: 'build' });
  });

  it('are found among the referrers, in the older form and as a bundle', async () => {
    await store([signed()], { subject: digest });
    await expect(verdict()).resolves.toEqual({ kind: 'verified', by: 'build' });
    await rm(join(root, repository), { recursive: true });
    await layout().create();
    const bundle = bundleOf(statementFor(digest), build);
    if (bundle.kind !== 'bundle') throw new Error('no bundle');
    await store([{ content: bundle.content, mediaType: bundleType }], { subject: digest });
    await expect(verdict()).resolves.toEqual({ kind: 'verified', by: 'build' });
  });

  it('are not those of another image, nor attestations and bills of materials of this one', async () => {
    await store([signed()], { subject: `sha256:${'c'.repeat(64)}` });
    await store([{ content: Buffer.from('{}'), mediaType: 'application/spdx+json' }], { subject: digest });
    await store([signed()], { tag: signatureTag(digest).replace('.sig', '.att') });
    await expect(registry.signatures(repository, digest, signal)).resolves.toEqual([]);
  });

  it('that are copied from another image are refused', async () => {
    const of = `sha256:${'d'.repeat(64)}`;
    await store([signed(of)], { tag: signatureTag(digest) });
    await expect(problems()).resolves.toBe(`${signatureTag(digest)}: build signed another image, ${of}`);
  });

  it.each<readonly [string, Layer, RegExp]>([
    ['has no signature beside its payload', { content: payloadFor('sha256:x') }, /a payload without a signature/],
    ['is of another kind', { content: Buffer.from('x'), mediaType: 'text/plain' }, /it holds no signature/],
    [
      'says that it is enormous',
      { content: Buffer.from('x'), annotations: { 'dev.cosignproject.cosign/signature': 'AA==' }, size: 2 ** 40 },
      /is too large for a signature \(1 TiB\)/,
    ],
  ])('under the tag that %s is a fault and no exception', async (_, layer, why) => {
    await store([layer], { tag: signatureTag(digest) });
    await expect(problems()).resolves.toMatch(why);
  });

  it('whose payload is missing, or was changed on the disk, are told so', async () => {
    const { blobs } = await store([signed()], { tag: signatureTag(digest) });
    const path = blobPath(blobs[0]?.digest ?? '');
    await writeFile(path, 'something else');
    await expect(problems()).resolves.toMatch(/is damaged/);
    await rm(path);
    await expect(problems()).resolves.toMatch(/is missing/);
    await writeFile(path, '');
    await truncate(path, 5_000_000);
    await expect(problems()).resolves.toMatch(/is damaged.*larger than/);
  });

  it('are not in an index, in something that is no manifest, nor in what is gone', async () => {
    const index = await list(
      { schemaVersion: 2, mediaType: indexMediaType, manifests: [] },
      indexMediaType,
      signatureTag(digest),
    );
    await expect(problems()).resolves.toMatch(/is a list of images/);
    await rm(blobPath(index.digest));
    await expect(problems()).resolves.toMatch(/is missing/);
  });

  it('are looked at up to a hundred, however many there are', async () => {
    const stranger = signingPair('stranger');
    await store(
      Array.from({ length: 300 }, () => signed(digest, stranger)),
      { tag: signatureTag(digest) },
    );
    await expect(registry.signatures(repository, digest, signal)).resolves.toHaveLength(100);
  });
});
