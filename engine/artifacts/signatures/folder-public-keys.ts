import { open, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { isSystemError } from '../../storage/system-error.ts';
import type { PublicKeySource } from './public-key-source.ts';
import { PublicKeyError } from './public-keys.ts';

/** Far more than a key needs. */
const mostBytes = 16 * 1024;

/** Public keys as files of this machine. */
export class FolderPublicKeys implements PublicKeySource {
  readonly #folders: readonly string[];

  /** @param folders where a relative path is looked for, one after the other. */
  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  async read(file: string, signal: AbortSignal): Promise<string> {
    const places = isAbsolute(file) ? [file] : this.#folders.map((folder) => join(folder, file));
    for (const place of places) {
      signal.throwIfAborted();
      const text = await readIfPresent(place);
      if (text !== undefined) return text;
    }
    throw new PublicKeyError(`there is no public key at ${places.join(' nor at ')}; put it there, or correct the path`);
  }
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    // Asked before opening: opening a pipe would wait for its other end.
    if (!(await stat(path)).isFile()) throw new PublicKeyError(`${path} is no file, so it holds no public key`);
    await using file = await open(path, 'r');
    const bytes = Buffer.alloc(mostBytes + 1);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    if (bytesRead > mostBytes) throw new PublicKeyError(`${path} is too large for a public key`);
    return bytes.toString('utf8', 0, bytesRead);
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}
