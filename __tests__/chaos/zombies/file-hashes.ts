import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** The hash of every file below a folder by its path; what is passed over, by its name, is so at any depth. */
export async function hashFiles(
  folder: string,
  isPassedOver: (name: string) => boolean,
): Promise<readonly (readonly [string, string])[]> {
  const hashes: (readonly [string, string])[] = [];
  const visit = async (current: string): Promise<void> => {
    const entries = await readdir(current, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (isPassedOver(entry.name)) continue;
      const path = join(current, entry.name);
      if (entry.isDirectory()) await visit(path);
      else
        hashes.push([
          relative(folder, path),
          createHash('sha256')
            .update(await readFile(path))
            .digest('hex'),
        ]);
    }
  };
  await visit(folder);
  return hashes;
}
