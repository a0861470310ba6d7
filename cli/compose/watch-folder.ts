import { stat } from 'node:fs/promises';
import { isSystemError } from '../../engine/storage/system-error.ts';
import type { LocalFolders } from './local-folders.ts';

/**
 * Keeps in mind which folder an installation is in.
 * @returns asks what has become of it: in a clause that it was removed, also where another one was made in its place.
 */
export async function watchFolder({ root }: Pick<LocalFolders, 'root'>): Promise<() => Promise<string | undefined>> {
  const before = await identityOf(root);
  return async () => {
    const now = await identityOf(root);
    return now === before ? undefined : `the installation in ${root} was removed`;
  };
}

/** Undefined: there is none. */
async function identityOf(folder: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(folder, { bigint: true });
    return `${String(dev)}:${String(ino)}`;
  } catch (error) {
    if (isSystemError(error, 'ENOENT') || isSystemError(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}
