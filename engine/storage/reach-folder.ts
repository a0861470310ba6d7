import { constants } from 'node:fs';
import { access, lstat, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isSystemError } from './system-error.ts';

/** Something stands where a folder must be, or nobody may write there. */
export class FolderUnusableError extends Error {
  override readonly name = 'FolderUnusableError';
}

/**
 * Finds out whether files could be written into a folder, which may be one that is still to be made. Changes nothing.
 * @throws FolderUnusableError
 */
export async function reachFolder(path: string): Promise<{ readonly freeBytes: number }> {
  const nearest = await nearestThatIs(path);
  if (!(await stat(nearest)).isDirectory()) {
    throw new FolderUnusableError(`${nearest} is no folder, so nothing can be written to ${path}`);
  }
  try {
    await access(nearest, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new FolderUnusableError(`this user may not write into ${nearest}`, { cause: error });
  }
  const { bavail, bsize } = await statfs(nearest);
  return { freeBytes: bavail * bsize };
}

async function nearestThatIs(path: string): Promise<string> {
  try {
    await stat(path);
    return path;
  } catch (error) {
    const parent = dirname(path);
    if (isSystemError(error, 'ENOTDIR')) return nearestThatIs(parent);
    // Nothing can be made where something is already, though it leads nowhere.
    if (isSystemError(error, 'ENOENT', 'ELOOP') && (await isLink(path))) {
      throw new FolderUnusableError(`${path} is a link that leads nowhere, so nothing can be written there`, {
        cause: error,
      });
    }
    if (!isSystemError(error, 'ENOENT', 'ELOOP') || parent === path) throw error;
    return nearestThatIs(parent);
  }
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}
