import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import { listInLayout } from '../list-in-layout.ts';
import { OciLayout, tagOf } from '../oci-layout.ts';
import { configMediaType, type Descriptor, imageManifestSchema, manifestMediaType } from '../oci-manifest.ts';
import { repositoryFolder } from '../repository-folder.ts';
import { signatureTag } from './companion-tags.ts';
import { signatureAnnotation, simpleSigningMediaType } from './image-signature.ts';
import { parsePublicKey } from './public-keys.ts';
import { readSignatures } from './read-signatures.ts';
import { verifySignatures } from './verify-signatures.ts';

export interface SigningRequest {
  /** The root that OciLayoutRegistry is given. */
  readonly registryRoot: string;
  readonly repository: string;
  readonly digest: string;
  /** Of a pair on P-256, or Ed25519. */
  readonly privateKey: KeyObject;
}

/**
 * Signs an image of a layout as `cosign sign --key` does, beside the signatures that it has. One that has a signature by
 * the same key is left as it is. For making releases: it holds no lease, so sign where promotions only read.
 * @throws PublicKeyError for a key of another kind; BlobError when there is no such image.
 */
export async function signImage(request: SigningRequest): Promise<void> {
  const { registryRoot, repository, digest, privateKey } = request;
  const layout = new OciLayout(repositoryFolder(registryRoot, repository));
  const pem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  const key = parsePublicKey('of the signer', pem);
  await layout.readManifest(digest);
  const signatures = await readSignatures(layout, digest, new AbortController().signal);
  if (verifySignatures(digest, signatures, [key]).kind === 'verified') return;

  const payload = payloadOf(repository, digest);
  const signature = sign(key.algorithm === 'ed25519' ? null : 'sha256', payload, privateKey).toString('base64');
  const layer: Descriptor = {
    mediaType: simpleSigningMediaType,
    ...(await layout.blobs.add(payload)),
    annotations: { [signatureAnnotation]: signature },
  };
  const layers = [...(await layersNow(layout, digest)), layer];
  const config = {
    mediaType: configMediaType,
    ...(await layout.blobs.add(
      jsonBytes({
        architecture: '',
        os: '',
        config: {},
        rootfs: { type: 'layers', diff_ids: layers.map((each) => each.digest) },
      }),
    )),
  };
  const manifest = jsonBytes({ schemaVersion: 2, mediaType: manifestMediaType, config, layers });
  const entry = { mediaType: manifestMediaType, ...(await layout.blobs.add(manifest)) };
  await listInLayout(layout, entry, signatureTag(digest));
}

/** The signatures that a further one is added to. */
async function layersNow(layout: OciLayout, digest: string): Promise<readonly Descriptor[]> {
  const { index } = await layout.readIndex();
  const tag = signatureTag(digest);
  const entry = index.manifests.find((each) => tagOf(each) === tag);
  if (entry === undefined) return [];
  const { content } = await layout.readManifest(entry.digest);
  return imageManifestSchema.parse(content).layers;
}

/** Byte for byte as cosign writes it. */
function payloadOf(repository: string, digest: string): Buffer {
  return jsonBytes({
    critical: {
      identity: { 'docker-reference': repository },
      image: { 'docker-manifest-digest': digest },
      type: 'cosign container image signature',
    },
    optional: null,
  });
}

function jsonBytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
