import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** In the order they came out; each folder holds what changed since the one before. */
export const shopReleases = ['v1', 'v2', 'v3'] as const;
export type ShopRelease = (typeof shopReleases)[number];

const shopFolder = import.meta.dirname;

/** Whether the releases are here: they come with the repository, and are no part of the package. */
export function hasReleaseSources(): boolean {
  return shopReleases.every((release) => existsSync(path.join(shopFolder, release)));
}

/** The folder in which the services' own dependencies are installed. */
function installedPackages(): string {
  const manifest = createRequire(import.meta.url).resolve('pg/package.json');
  return path.dirname(path.dirname(manifest));
}

/** A release's whole source tree in a folder of its own. */
export interface ReleaseSources {
  readonly directory: string;
  /** The release that brought the present content of a file, by its path in the tree. */
  readonly originOf: (file: string) => ShopRelease;
  readonly remove: () => Promise<void>;
}

/** Lays the releases up to this one over each other, the oldest first, in a temporary folder. */
export async function layOutSources(release: ShopRelease): Promise<ReleaseSources> {
  const layers = shopReleases.slice(0, shopReleases.indexOf(release) + 1);
  const directory = await mkdtemp(path.join(tmpdir(), `shop-${release}-`));
  const remove = (): Promise<void> => rm(directory, { recursive: true, force: true });
  try {
    for (const layer of layers) await cp(path.join(shopFolder, layer), directory, { recursive: true });
    // A link, so that bundles name packages by the same path wherever they are installed.
    await symlink(installedPackages(), path.join(directory, 'node_modules'), 'junction');
    await writeFile(path.join(directory, 'package.json'), '{ "type": "module" }\n');
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    directory,
    originOf: (file) => layers.findLast((layer) => existsSync(path.join(shopFolder, layer, file))) ?? 'v1',
    remove,
  };
}
