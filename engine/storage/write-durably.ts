import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Returns when the names in the folder are on the disk. */
export async function syncFolder(path: string): Promise<void> {
  // Windows has no handle on a folder that could be synced; NTFS journals names by itself.
  if (process.platform === 'win32') return;
  await using folder = await open(path, 'r');
  await folder.sync();
}

/**
 * Writes a file whole or not at all, and returns when it is on the disk. The last of several writers wins; where that
 * must be the newest lease, use FencedDirectory.
 *
 * @param mode permissions of the file; 0o644 unless said.
 */
export async function writeDurably(path: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    {
      await using file = await open(temporary, 'wx', mode);
      await file.writeFile(content);
      await file.sync();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}
