import { type OciLayout, tagOf } from '../oci-layout.ts';
import { BlobError } from '../oci-blob-store.ts';
import type { Descriptor, Manifest } from '../oci-manifest.ts';
import { signatureTag } from './companion-tags.ts';
import {
  bundleMediaType,
  mostSignatures,
  signatureAnnotation,
  signatureLimitBytes,
  simpleSigningMediaType,
  type ImageSignature,
} from './image-signature.ts';
import { formatBytes } from '../../wording/format-bytes.ts';
import { causeText } from '../../wording/cause-text.ts';

/**
 * What a repository keeps as signatures of a manifest: under the tag that cosign gives them, and among the manifests
 * that name it as their subject. One that is missing or damaged is told, not thrown.
 */
export async function readSignatures(
  layout: OciLayout,
  digest: string,
  signal: AbortSignal,
): Promise<readonly ImageSignature[]> {
  const { index } = await layout.readIndex();
  const tag = signatureTag(digest);
  const tagged = index.manifests.find((entry) => tagOf(entry) === tag);
  const found: ImageSignature[] = [];
  if (tagged !== undefined) found.push(...(await signaturesUnderTag(layout, tagged, tag, signal)));
  for await (const { manifest } of layout.manifests(signal)) {
    if (manifest.kind !== 'image' || manifest.content.subject?.digest !== digest) continue;
    if (manifest.digest === tagged?.digest) continue;
    found.push(...(await signaturesIn(layout, manifest, manifest.digest, signal)));
    if (found.length >= mostSignatures) break;
  }
  return found.slice(0, mostSignatures);
}

/** Whatever lies under the tag is meant to be a signature. */
async function signaturesUnderTag(
  layout: OciLayout,
  { digest }: Descriptor,
  tag: string,
  signal: AbortSignal,
): Promise<readonly ImageSignature[]> {
  const unreadable = (why: string): readonly ImageSignature[] => [{ kind: 'unreadable', foundAt: tag, why }];
  try {
    const manifest = await layout.readManifest(digest, signal);
    if (manifest.kind === 'index') return unreadable('it is a list of images and holds no signature');
    const found = await signaturesIn(layout, manifest, tag, signal);
    return found.length > 0 ? found : unreadable('it holds no signature');
  } catch (error) {
    signal.throwIfAborted();
    return unreadable(causeText(error));
  }
}

async function signaturesIn(
  layout: OciLayout,
  manifest: Extract<Manifest, { kind: 'image' }>,
  foundAt: string,
  signal: AbortSignal,
): Promise<readonly ImageSignature[]> {
  const found: ImageSignature[] = [];
  for (const layer of manifest.content.layers.slice(0, mostSignatures)) {
    const isBundle = bundleMediaType.test(layer.mediaType);
    if (!isBundle && layer.mediaType !== simpleSigningMediaType) continue;
    const content = await contentOf(layout, layer, signal);
    if (typeof content === 'string') {
      found.push({ kind: 'unreadable', foundAt, why: content });
      continue;
    }
    const signature = layer.annotations?.[signatureAnnotation];
    if (isBundle) found.push({ kind: 'bundle', foundAt, content });
    else if (signature === undefined) found.push({ kind: 'unreadable', foundAt, why: 'a payload without a signature' });
    else found.push({ kind: 'simple-signing', foundAt, payload: content, signature });
  }
  return found;
}

/** The bytes, or why there are none. */
async function contentOf(
  layout: OciLayout,
  { digest, size }: Descriptor,
  signal: AbortSignal,
): Promise<Uint8Array | string> {
  if (size > signatureLimitBytes) return `${digest} is too large for a signature (${formatBytes(size)})`;
  try {
    return await layout.blobs.read(digest, signatureLimitBytes, signal);
  } catch (error) {
    if (!(error instanceof BlobError)) throw error;
    return error.message;
  }
}
