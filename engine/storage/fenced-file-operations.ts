import { constants, mkdir, open, readdir, rename, rmdir, unlink } from 'node:fs/promises';

import { isSystemError } from './system-error.ts';
import { syncFolder } from './write-durably.ts';

/**
 * The file operations FencedDirectory is made of, one system call's worth each, so that a test can stop a writer
 * between any two of them.
 */
export interface FencedFileOperations {
  /** Creates the folder and its parents; one that exists is left alone. */
  readonly makeFolders: (path: string) => Promise<void>;
  /** Creates one folder. False when it exists. @throws ENOENT when the parent does not. */
  readonly makeFolder: (path: string) => Promise<boolean>;
  /** @throws ENOENT */
  readonly list: (path: string) => Promise<readonly string[]>;
  /** Reads a regular file. @throws ENOENT, ELOOP for a symbolic link */
  readonly read: (path: string) => Promise<Buffer>;
  /** @param mode permissions; what is usual unless said. @throws EEXIST, ENOENT */
  readonly create: (path: string, content: Buffer, mode?: number) => Promise<void>;
  /** Returns when the content is on the disk. @throws ENOENT */
  readonly syncFile: (path: string) => Promise<void>;
  /** Returns when the names in the folder are on the disk. @throws ENOENT */
  readonly syncFolder: (path: string) => Promise<void>;
  /** @throws ENOENT when the source or the parent of the destination is gone */
  readonly rename: (from: string, to: string) => Promise<void>;
  /** @throws ENOENT */
  readonly removeFile: (path: string) => Promise<void>;
  /** Removes an empty folder. @throws ENOENT, ENOTEMPTY */
  readonly removeFolder: (path: string) => Promise<void>;
}

/** The operations on the real file system. */
export const nodeFencedFileOperations: FencedFileOperations = {
  async makeFolders(path) {
    await mkdir(path, { recursive: true });
  },
  async makeFolder(path) {
    try {
      await mkdir(path);
      return true;
    } catch (error) {
      if (isSystemError(error, 'EEXIST')) return false;
      throw error;
    }
  },
  list: (path) => readdir(path),
  async read(path) {
    await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    return await file.readFile();
  },
  async create(path, content, mode) {
    await using file = await open(path, 'wx', mode);
    await file.writeFile(content);
  },
  async syncFile(path) {
    await using file = await open(path, 'r+');
    await file.sync();
  },
  syncFolder,
  rename,
  removeFile: unlink,
  removeFolder: rmdir,
};
