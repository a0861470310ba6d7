import { chmod, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isSystemError } from '../../engine/storage/system-error.ts';

const forOthers = 0o077;

/**
 * Takes everything that group and others may do from a file, or from a folder and all that is below it. A folder that is
 * closed already is not walked through: nobody gets past it. What is gone meanwhile, or a link, is passed over.
 */
export async function keepPrivate(path: string): Promise<void> {
  const isOpen = await close(path);
  if (isOpen !== 'opened folder') return;
  for (const name of await readdir(path)) await keepBelowPrivate(join(path, name));
}

async function keepBelowPrivate(path: string): Promise<void> {
  const kind = await close(path);
  if (kind !== 'opened folder' && kind !== 'closed folder') return;
  for (const name of await readdir(path).catch(() => [])) await keepBelowPrivate(join(path, name));
}

/** @returns what it was before. */
async function close(path: string): Promise<'absent' | 'file' | 'opened folder' | 'closed folder'> {
  try {
    const found = await lstat(path);
    if (!found.isDirectory() && !found.isFile()) return 'absent';
    const isOpen = (found.mode & forOthers) !== 0;
    if (isOpen) await chmod(path, found.mode & 0o700);
    if (found.isFile()) return 'file';
    return isOpen ? 'opened folder' : 'closed folder';
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return 'absent';
    throw error;
  }
}
