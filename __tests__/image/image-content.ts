import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const indexSchema = z.object({ manifests: z.array(z.object({ digest: z.string() })).length(1) });
const manifestSchema = z.object({ layers: z.array(z.object({ size: z.number() })) });
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dev: z.boolean().default(false),
      optional: z.boolean().default(false),
      devOptional: z.boolean().default(false),
    }),
  ),
});

/** What of an OCI layout is pulled: the sum of its compressed layers, in bytes. */
export async function compressedBytes(layout: string): Promise<number> {
  const { manifests } = indexSchema.parse(JSON.parse(await readFile(path.join(layout, 'index.json'), 'utf8')));
  const blob = (manifests[0]?.digest ?? '').replace(':', '/');
  const manifest = JSON.parse(await readFile(path.join(layout, 'blobs', blob), 'utf8')) as unknown;
  return manifestSchema.parse(manifest).layers.reduce((sum, { size }) => sum + size, 0);
}

/** Packages that are installed in a folder: `node_modules/pg`, as a lock file names them. */
export async function installedPackages(folder: string): Promise<readonly string[]> {
  const files = await readdir(path.join(folder, 'node_modules'), { recursive: true });
  const manifest = /^(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/@]+\/package\.json$/;
  return files.filter((file) => manifest.test(file)).map((file) => `node_modules/${path.dirname(file)}`);
}

/** Packages that what ships needs, as the lock file says. */
export async function productionPackages(lockFile: string): Promise<ReadonlySet<string>> {
  const { packages } = lockSchema.parse(JSON.parse(await readFile(lockFile, 'utf8')));
  return new Set(
    Object.entries(packages).flatMap(([name, { dev, optional, devOptional }]) =>
      name === '' || dev || optional || devOptional ? [] : [name],
    ),
  );
}

/** Files below a folder that are this project's, by their path in it. */
export async function ownFiles(folder: string): Promise<readonly string[]> {
  const tops = (await readdir(folder)).filter((top) => top !== 'node_modules');
  const below = await Promise.all(
    tops.map(async (top) => {
      const each = path.join(folder, top);
      if (!(await stat(each)).isDirectory()) return [top];
      return (await readdir(each, { recursive: true })).map((file) => path.join(top, file));
    }),
  );
  return below.flat().toSorted();
}
