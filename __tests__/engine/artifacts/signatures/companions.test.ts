import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OciLayoutRegistry } from '../../../../engine/artifacts/oci-layout-registry.ts';
import { signatureTag } from '../../../../engine/artifacts/signatures/companion-tags.ts';
import { CompanionConflictError } from '../../../../engine/artifacts/signatures/companions.ts';
import { signImage } from '../../../../engine/artifacts/signatures/sign-image.ts';
import { verifySignatures } from '../../../../engine/artifacts/signatures/verify-signatures.ts';
import { writeImage } from '../../../../engine/artifacts/write-image.ts';
import { signingPair, type SigningPair } from './signing-pairs.ts';

const [source, target] = ['dev/shop/api', 'staging/shop/api'];
const { signal } = new AbortController();
const [build, vendor] = [signingPair('build'), signingPair('vendor')];
let root: string;
let registry: OciLayoutRegistry;
let digest: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'companions-'));
  registry = new OciLayoutRegistry(root);
  const files = [{ path: 'app/server.js', content: 'v1' }];
  ({ digest } = await writeImage({ registryRoot: root, repository: source, files, entrypoint: ['node'] }));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

const under = (fence: number) => ({ key: 'pr-1:promote-artifacts', fence, signal });
const sign = (repository: string, { privateKey }: SigningPair) =>
  signImage({ registryRoot: root, repository, digest, privateKey });
const isSignedIn = async (repository: string, { key }: SigningPair): Promise<boolean> =>
  verifySignatures(digest, await registry.signatures(repository, digest, signal), [key]).kind === 'verified';
const tagIn = (repository: string) => registry.resolve(repository, signatureTag(digest), signal);

describe('the signature of an image', () => {
  it('comes with the image into another registry, under the same tag', async () => {
    await sign(source, build);
    await registry.copy(source, target, digest, under(1));
    await expect(isSignedIn(target, build)).resolves.toBe(true);
    await expect(tagIn(target)).resolves.toBe(await tagIn(source));
    await expect(registry.copy(source, target, digest, under(1))).resolves.toEqual({ copiedBytes: 0 });
  });

  it('that came later comes with the next copy, and those that the target has of its own stay', async () => {
    await registry.copy(source, target, digest, under(1));
    await sign(source, build);
    await registry.copy(source, target, digest, under(1));
    await sign(source, vendor);
    await registry.copy(source, target, digest, under(1));
    await expect(isSignedIn(target, vendor)).resolves.toBe(true);
    await registry.copy(source, 'prod/shop/api', digest, under(1));
    await sign('prod/shop/api', signingPair('auditor'));
    const own = await tagIn('prod/shop/api');
    await registry.copy(source, 'prod/shop/api', digest, under(1));
    await expect(tagIn('prod/shop/api')).resolves.toBe(own);
  });

  it('is never dropped: where both sides have some of their own, nobody chooses', async () => {
    await registry.copy(source, target, digest, under(1));
    await sign(source, build);
    await sign(target, vendor);
    await expect(registry.copy(source, target, digest, under(1))).rejects.toBeInstanceOf(CompanionConflictError);
    await expect(isSignedIn(target, vendor)).resolves.toBe(true);
  });
});
