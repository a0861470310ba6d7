import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OciLayoutRegistry } from '../../../engine/artifacts/oci-layout-registry.ts';
import { FolderPublicKeys } from '../../../engine/artifacts/signatures/folder-public-keys.ts';
import { signImage } from '../../../engine/artifacts/signatures/sign-image.ts';
import { writeImage } from '../../../engine/artifacts/write-image.ts';
import type { EvidenceFact } from '../../../engine/evidence/evidence.ts';
import { signingPair, type SigningPair } from '../artifacts/signatures/signing-pairs.ts';
import { sampleDefinition, sampleRelease } from '../workflow/sample-promotion.ts';
import { evidence, judged, secondsAgo, verdict } from './gate-fixture.ts';

const [api, web] = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`];
const release = {
  ...sampleRelease,
  content: {
    ...sampleRelease.content,
    images: [
      { service: 'api', image: 'api', digest: api },
      { service: 'web', image: 'web', digest: web },
    ],
  },
};
const signed = (digest: string, signer = 'release-key', isVerified = true): EvidenceFact => ({
  kind: 'signature',
  digest,
  signer,
  isVerified,
});
const anybody = { signers: [] };

describe('signature', () => {
  it('is asked of every image', async () => {
    expect(await verdict('signature', anybody, { release, evidence: [evidence(signed(api))] })).toBe('fail');
    const both = [evidence(signed(api)), evidence(signed(web))];
    expect(await judged('signature', anybody, { release, evidence: both })).toMatchObject({
      verdict: 'pass',
      detail: '2 images signed',
      evidence: both.map(({ id }) => id),
    });
  });

  it('must be by one of the signers that are named, if any are', async () => {
    const both = [evidence(signed(api, 'ci')), evidence(signed(web, 'release-key'))];
    expect(await verdict('signature', { signers: ['ci', 'release-key'] }, { release, evidence: both })).toBe('pass');
    expect(await judged('signature', { signers: ['release-key'] }, { release, evidence: both })).toMatchObject({
      verdict: 'fail',
      detail: 'no usable signature of api by release-key: there is none',
    });
  });

  it('that does not verify is a fail, never a missing one that would only warn', async () => {
    const both = [evidence(signed(api)), evidence(signed(web, 'release-key', false))];
    expect(await judged('signature', anybody, { release, evidence: both, onMissing: 'warn' })).toMatchObject({
      verdict: 'fail',
      detail: 'the signature of web by release-key is not valid',
    });
  });

  it('counts as it was verified last', async () => {
    const both = [
      evidence(signed(api)),
      evidence(signed(web), secondsAgo(60)),
      evidence(signed(web, 'release-key', false), secondsAgo(1)),
    ];
    expect(await verdict('signature', anybody, { release, evidence: both })).toBe('fail');
  });
});

describe('signature with keys', () => {
  const [build, vendor] = [signingPair('build'), signingPair('vendor', 'ed25519')];
  const keys = [
    { name: 'build', publicKey: build.publicPem },
    { name: 'vendor', publicKey: vendor.publicPem },
  ];
  let root: string;
  let built: typeof release;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'signature-gate-'));
    const images = await Promise.all(
      ['api', 'web'].map(async (service) => {
        const files = [{ path: 'app/server.js', content: service }];
        const image = { registryRoot: root, repository: `dev/${service}`, files, entrypoint: ['node'] };
        return { service, image: service, digest: (await writeImage(image)).digest };
      }),
    );
    built = { ...release, content: { ...release.content, images } };
  });

  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  const sign = async (services: readonly string[], { privateKey }: SigningPair): Promise<void> => {
    for (const { service, digest } of built.content.images) {
      if (!services.includes(service)) continue;
      await signImage({ registryRoot: root, repository: `dev/${service}`, digest, privateKey });
    }
  };
  const look = (config: object, more: { readonly onMissing?: 'warn' } = {}) => {
    const source = { ...sampleDefinition([]).source, registry: 'dev' };
    const ports = { artifacts: new OciLayoutRegistry(root), publicKeys: new FolderPublicKeys([root]) };
    const settings = { signers: [], keys, ...config };
    return judged('signature', settings, { release: built, definition: { source }, ports, ...more });
  };

  it('is looked for where the images are and verified there, whatever evidence says', async () => {
    expect(await look({})).toMatchObject({
      verdict: 'fail',
      detail: expect.stringMatching(/^api is not signed \(dev\/api@sha256:.*, web is not signed/) as unknown,
    });
    await sign(['api', 'web'], build);
    expect(await look({})).toMatchObject({ verdict: 'pass', detail: '2 images signed by build' });
  });

  it('must be there for every image, and by one of the signers that are named', async () => {
    await sign(['api'], build);
    expect(await look({})).toMatchObject({
      verdict: 'fail',
      detail: expect.stringMatching(/^web is not signed \(/) as unknown,
    });
    await sign(['web'], vendor);
    expect(await look({})).toMatchObject({ verdict: 'pass', detail: '2 images signed by build, vendor' });
    expect(await look({ signers: ['build'] })).toMatchObject({
      verdict: 'fail',
      detail: expect.stringMatching(/^web is not signed by build \(sha256-.*no signature by build\)/) as unknown,
    });
    expect((await look({ signers: ['nobody'] })).verdict).toBe('fail');
  });

  it('that is absent only warns where the rules say so, and one by a stranger fails all the same', async () => {
    expect((await look({}, { onMissing: 'warn' })).verdict).toBe('warn');
    await sign(['api', 'web'], signingPair('stranger'));
    expect((await look({}, { onMissing: 'warn' })).verdict).toBe('fail');
  });

  it('is not known without its key, and unknown is never a pass', async () => {
    await sign(['api', 'web'], build);
    expect(await look({ keys: [{ name: 'build', file: 'keys/build.pub' }] })).toMatchObject({
      verdict: 'fail',
      detail: `could not be judged: there is no public key at ${root}/keys/build.pub; put it there, or correct the path`,
    });
  });
});
