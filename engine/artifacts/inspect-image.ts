import type { ImageInspection } from './artifact-registry.ts';
import { manifestLimitBytes, type OciLayout } from './oci-layout.ts';
import { type ImageConfig, imageConfigSchema, type ImageManifest, type Manifest, parseJson } from './oci-manifest.ts';

type Layer = ImageInspection['layers'][number];

/**
 * Reads an image, all platforms of an index included, and computes the digest of every blob. Labels, entrypoint and
 * command are those of the first platform.
 *
 * @throws BlobError when a manifest or a configuration is missing or damaged. Layers are reported instead.
 */
export async function inspectImage(layout: OciLayout, digest: string, signal: AbortSignal): Promise<ImageInspection> {
  const root = await layout.readManifest(digest, signal);
  const layers = new Map<string, Layer>();
  const configs: ImageConfig[] = [];
  let sizeBytes = 0;

  const visit = async (manifest: Manifest): Promise<void> => {
    sizeBytes += manifest.sizeBytes;
    if (manifest.kind === 'index') {
      for (const { digest: child } of manifest.content.manifests) await visit(await layout.readManifest(child, signal));
      return;
    }
    const { config, layers: blobs } = manifest.content;
    const bytes = await layout.blobs.read(config.digest, manifestLimitBytes, signal);
    sizeBytes += bytes.byteLength;
    if (isRunnable(manifest.content)) {
      configs.push(
        parseJson(imageConfigSchema, bytes, `configuration ${config.digest} of manifest ${manifest.digest}`),
      );
    }
    for (const blob of blobs) {
      if (layers.has(blob.digest)) continue;
      const isIntact = await layout.blobs.isIntact(blob, signal);
      layers.set(blob.digest, { digest: blob.digest, sizeBytes: blob.size, isIntact });
      sizeBytes += blob.size;
    }
  };

  await visit(root);
  // Build tools put attestations beside the platforms, as images of a platform that does not exist.
  const images = configs.filter(({ os }) => os !== 'unknown');
  const settings = images[0]?.config;
  return {
    digest,
    mediaType: root.mediaType,
    sizeBytes,
    platforms: images.map(({ os, architecture }) => ({ os, architecture })),
    layers: [...layers.values()],
    labels: settings?.Labels ?? {},
    entrypoint: settings?.Entrypoint ?? [],
    command: settings?.Cmd ?? [],
  };
}

/** Signatures and other artifacts have the form of an image, but another kind of configuration. */
function isRunnable({ config }: ImageManifest): boolean {
  return /^application\/vnd\.(oci\.image\.config\.v1|docker\.container\.image\.v1)\+json$/.test(config.mediaType);
}
