import type { Effect } from '../workflow/fence.ts';
import type { Referrer } from './artifact-registry.ts';
import { listed, type OciLayout } from './oci-layout.ts';
import { emptyMediaType, manifestMediaType } from './oci-manifest.ts';

/** The artifacts of a kind that name an image as their subject. */
export async function referrersOf(
  layout: OciLayout,
  digest: string,
  artifactType: string,
  signal: AbortSignal,
): Promise<readonly Referrer[]> {
  const found: Referrer[] = [];
  for await (const { manifest } of layout.manifests(signal)) {
    if (manifest.kind !== 'image' || manifest.content.subject?.digest !== digest) continue;
    const { artifactType: type, config, annotations = {} } = manifest.content;
    if ((type ?? config.mediaType) === artifactType) found.push({ digest: manifest.digest, artifactType, annotations });
  }
  return found;
}

/** As the image specification has it for artifacts that consist of annotations alone. */
export async function attachReferrer(
  layout: OciLayout,
  digest: string,
  { artifactType, annotations }: Omit<Referrer, 'digest'>,
  effect: Effect,
): Promise<string> {
  // First of all: whoever lost its lease leaves not even a blob.
  await layout.directory.fence(effect);
  const subject = await layout.readManifest(digest, effect.signal);
  const empty = { mediaType: emptyMediaType, ...(await layout.blobs.add(Buffer.from('{}'))) };
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestMediaType,
    artifactType,
    config: empty,
    layers: [empty],
    subject: { mediaType: subject.mediaType, digest, size: subject.sizeBytes },
    annotations,
  };
  const stored = await layout.blobs.add(Buffer.from(JSON.stringify(manifest)));
  const entry = { mediaType: manifestMediaType, ...stored, artifactType };
  await layout.updateIndex((index) => listed(index, [entry]), effect);
  return stored.digest;
}
