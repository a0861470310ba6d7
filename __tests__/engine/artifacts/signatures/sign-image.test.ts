import { mkdtemp, rm } from 'node:fs/promises';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OciLayoutRegistry } from '../../../../engine/artifacts/oci-layout-registry.ts';
import { signatureTag } from '../../../../engine/artifacts/signatures/companion-tags.ts';
import { signImage } from '../../../../engine/artifacts/signatures/sign-image.ts';
import { verifySignatures } from '../../../../engine/artifacts/signatures/verify-signatures.ts';
import { writeImage } from '../../../../engine/artifacts/write-image.ts';
import { signingPair, type SigningPair } from './signing-pairs.ts';

const repository = 'dev/shop/api';
const { signal } = new AbortController();
const [build, vendor] = [signingPair('build'), signingPair('vendor', 'ed25519')];
let root: string;
let registry: OciLayoutRegistry;
let digest: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'signing-'));
  registry = new OciLayoutRegistry(root);
  const files = [{ path: 'app/server.js', content: 'v1' }];
  ({ digest } = await writeImage({ registryRoot: root, repository, files, entrypoint: ['node'], tag: 'v1' }));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

const signWith = ({ privateKey }: SigningPair) => signImage({ registryRoot: root, repository, digest, privateKey });
const verdictWith = async (...pairs: readonly SigningPair[]) =>
  verifySignatures(
    digest,
    await registry.signatures(repository, digest, signal),
    pairs.map(({ key }) => key),
  );

describe('signing an image', () => {
  it('changes nothing of the image, and is found by whoever has the key', async () => {
    await signWith(build);
    await expect(verdictWith(build)).resolves.toEqual({ kind: 'verified', by: 'build' });
    await expect(verdictWith(vendor)).resolves.toMatchObject({ kind: 'refused' });
    await expect(registry.resolve(repository, 'v1', signal)).resolves.toBe(digest);
  });

  it('adds to the signatures that are there, and does not repeat its own', async () => {
    await signWith(build);
    await signWith(vendor);
    const tag = await registry.resolve(repository, signatureTag(digest), signal);
    await signWith(build);
    await signWith(vendor);
    await expect(registry.resolve(repository, signatureTag(digest), signal)).resolves.toBe(tag);
    await expect(registry.signatures(repository, digest, signal)).resolves.toHaveLength(2);
    await expect(verdictWith(build)).resolves.toMatchObject({ kind: 'verified' });
    await expect(verdictWith(vendor)).resolves.toMatchObject({ kind: 'verified' });
  });

  it('is refused for a key that nobody here could verify with, and for an image that is not there', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await expect(signImage({ registryRoot: root, repository, digest, privateKey })).rejects.toThrow('of type rsa');
    const absent = { registryRoot: root, repository, digest: `sha256:${'0'.repeat(64)}`, privateKey: build.privateKey };
    await expect(signImage(absent)).rejects.toThrow('is missing');
  });
});
