import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { PassThrough } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';

import { isSystemError } from '../storage/system-error.ts';
import { syncFolder } from '../storage/write-durably.ts';
import { LayerUnpacker } from './layer-unpacker.ts';
import { manifestLimitBytes, OciLayout } from './oci-layout.ts';
import {
  type Descriptor,
  digestSchema,
  type ImageConfig,
  imageConfigSchema,
  type ImageManifest,
  parseJson,
} from './oci-manifest.ts';
import { repositoryFolder } from './repository-folder.ts';

export interface UnpackRequest {
  /** The root that OciLayoutRegistry is given. */
  readonly registryRoot: string;
  readonly repository: string;
  readonly digest: string;
  /** Receives one folder per digest; made when it is missing. */
  readonly destination: string;
  /** Which image of an index; `linux` on this machine's architecture unless said. */
  readonly platform?: { readonly os: string; readonly architecture: string };
  /** Refuses an image whose files are larger together; 4 GiB unless said. */
  readonly limitBytes?: number;
  readonly signal?: AbortSignal;
}

export interface UnpackedImage {
  /** `<destination>/sha256-<hex>`: complete, because it comes into being by a rename. */
  readonly folder: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** As the image says it, within the image: `/app`. */
  readonly workingDirectory: string | undefined;
}

const defaultLimitBytes = 4 * 1024 ** 3;

/**
 * Unpacks an image into a folder of its own, unless it is there. Every digest is computed first. Owners, times, set-id
 * bits and extended attributes are not kept.
 *
 * @throws BlobError when a blob is missing or damaged; Error when an entry would reach outside the folder, is a device,
 *   or the image is too large. Nothing is left then.
 */
export async function unpackImage(request: UnpackRequest): Promise<UnpackedImage> {
  const layout = new OciLayout(repositoryFolder(request.registryRoot, request.repository));
  const { manifest, digest } = await findImage(layout, digestSchema.parse(request.digest), request);
  const configBytes = await layout.blobs.read(manifest.config.digest, manifestLimitBytes, request.signal);
  const config = parseJson(imageConfigSchema, configBytes, `configuration ${manifest.config.digest}`);

  const folder = join(request.destination, digest.replace(':', '-'));
  if (!(await exists(folder))) {
    for (const layer of manifest.layers) await layout.blobs.verify(layer, request.signal);
    const temporary = join(request.destination, `.unpacking-${randomUUID()}`);
    try {
      await mkdir(temporary, { recursive: true });
      const unpacker = await LayerUnpacker.into(temporary, request.limitBytes ?? defaultLimitBytes);
      for (const layer of manifest.layers) {
        const blob = createReadStream(layout.blobs.pathOf(layer.digest), { signal: request.signal });
        await unpacker.add(blob, decompressorOf(layer), layer.digest);
      }
      await moveIntoPlace(temporary, folder);
      await syncFolder(request.destination);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }
  return { folder, ...settingsOf(config) };
}

/** Somebody else who unpacked the same digest at the same time has made the same folder. */
async function moveIntoPlace(temporary: string, folder: string): Promise<void> {
  try {
    await rename(temporary, folder);
  } catch (error) {
    if (!isSystemError(error, 'ENOTEMPTY', 'EEXIST', 'EPERM') || !(await exists(folder))) throw error;
  }
}

async function findImage(
  layout: OciLayout,
  digest: string,
  request: UnpackRequest,
): Promise<{ readonly manifest: ImageManifest; readonly digest: string }> {
  const manifest = await layout.readManifest(digest, request.signal);
  if (manifest.kind === 'image') return { manifest: manifest.content, digest };
  const platform = request.platform ?? { os: 'linux', architecture: process.arch === 'x64' ? 'amd64' : process.arch };
  const match = manifest.content.manifests.find(
    (each) => each.platform?.os === platform.os && each.platform.architecture === platform.architecture,
  );
  if (!match) {
    const offered = manifest.content.manifests.map(
      (each) => `${each.platform?.os ?? 'unknown'}/${each.platform?.architecture ?? 'unknown'}`,
    );
    throw new Error(
      `${request.repository}@${digest} has no image for ${platform.os}/${platform.architecture}, only for ${offered.join(', ')}. ` +
        `Build one for this platform.`,
    );
  }
  return await findImage(layout, match.digest, request);
}

function decompressorOf(layer: Descriptor): Duplex {
  if (/\.tar$/.test(layer.mediaType)) return new PassThrough();
  if (/[+.]gzip$/.test(layer.mediaType)) return createGunzip();
  if (/[+.]zstd$/.test(layer.mediaType)) return createZstdDecompress();
  throw new Error(`layer ${layer.digest} has the media type ${layer.mediaType}, which is not a tar archive of files.`);
}

function settingsOf({ config }: ImageConfig): Omit<UnpackedImage, 'folder'> {
  const environment = (config?.Env ?? []).map((each): [string, string] => {
    const [name = '', ...value] = each.split('=');
    return [name, value.join('=')];
  });
  return {
    entrypoint: config?.Entrypoint ?? [],
    command: config?.Cmd ?? [],
    environment: Object.fromEntries(environment),
    workingDirectory: config?.WorkingDir === '' ? undefined : config?.WorkingDir,
  };
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return false;
    throw error;
  }
}
