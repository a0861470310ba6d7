import { deterministicLayer, type ImageFile } from './deterministic-layer.ts';
import { listInLayout } from './list-in-layout.ts';
import { OciLayout } from './oci-layout.ts';
import { configMediaType, digestOf, gzipLayerMediaType, manifestMediaType } from './oci-manifest.ts';
import { repositoryFolder } from './repository-folder.ts';

export type { ImageFile } from './deterministic-layer.ts';

export interface ImageSource {
  /** The root that OciLayoutRegistry is given. */
  readonly registryRoot: string;
  readonly repository: string;
  readonly files: readonly ImageFile[];
  readonly entrypoint: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
  /** `linux` unless said. */
  readonly os?: string;
  /** As Go names it: `amd64`, `arm64`. `amd64` unless said. */
  readonly architecture?: string;
  /** Pointed at the image, wherever it pointed before. */
  readonly tag?: string;
}

/**
 * Builds an image of one layer into a layout. The same source gives the same digest. A run that dies leaves the layout as
 * it was, apart from unlisted blobs; runs at the same time wait for each other.
 *
 * This is for making releases: it holds no lease and takes nothing over from a promotion that does. A promotion that
 * writes index.json of the same repository at the same instant could lose its entry or take this one's, so build into
 * repositories that promotions only read.
 */
export async function writeImage(source: ImageSource): Promise<{ readonly digest: string }> {
  const layout = new OciLayout(repositoryFolder(source.registryRoot, source.repository));
  await layout.create();
  const { tar, compressed } = await deterministicLayer(source.files);
  const layer = { mediaType: gzipLayerMediaType, ...(await layout.blobs.add(compressed)) };
  const config = { mediaType: configMediaType, ...(await layout.blobs.add(jsonBytes(configOf(source, tar)))) };
  const manifest = { schemaVersion: 2, mediaType: manifestMediaType, config, layers: [layer] };
  const entry = { mediaType: manifestMediaType, ...(await layout.blobs.add(jsonBytes(manifest))) };

  await listInLayout(layout, entry, source.tag);
  return { digest: entry.digest };
}

function configOf(source: ImageSource, tar: Buffer): unknown {
  const environment = Object.entries(source.environment ?? {}).map(([name, value]) => `${name}=${value}`);
  return {
    architecture: source.architecture ?? 'amd64',
    os: source.os ?? 'linux',
    config: {
      Entrypoint: source.entrypoint,
      Cmd: source.command,
      Env: environment.toSorted(),
      Labels: source.labels && Object.fromEntries(Object.entries(source.labels).toSorted()),
      WorkingDir: source.workingDirectory,
    },
    rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
  };
}

function jsonBytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
