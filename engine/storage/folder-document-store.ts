import { lstat, mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Effect } from '../workflow/fence.ts';
import type { DocumentStore } from './document-store.ts';
import { FencedDirectory } from './fenced-directory.ts';
import { nodeFencedFileOperations } from './fenced-file-operations.ts';
import { reachFolder } from './reach-folder.ts';
import { isSystemError } from './system-error.ts';

const plainName = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;
const mostLevels = 10;
const fileMode = 0o600;

/**
 * Documents as files that only their owner may read, in folders that only their owner may enter. No link is followed on
 * the way to one: whoever put it there would decide where private documents go.
 */
export class FolderDocumentStore implements DocumentStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async write(folder: string, name: string, content: string, effect: Effect): Promise<{ readonly location: string }> {
    effect.signal.throwIfAborted();
    const parts = partsOf(folder);
    const file = checked(name);
    const directory = await this.#fenced(parts, effect);
    const current = await directory.read(file);
    if (current?.content.toString('utf8') !== content) {
      await directory.replace(file, content, current?.revision, effect);
    }
    return { location: join(directory.path, file) };
  }

  async fence(folder: string, effect: Effect): Promise<void> {
    effect.signal.throwIfAborted();
    await this.#fenced(partsOf(folder), effect);
  }

  async reach(folder: string | undefined, signal: AbortSignal): Promise<{ readonly freeBytes: number }> {
    signal.throwIfAborted();
    const parts = folder === undefined ? [] : partsOf(folder);
    // A link on the way is refused here as it is when a document is written.
    const path = (await this.#find(parts)) ?? join(this.#root, ...parts);
    return reachFolder(path);
  }

  async folders(folder: string, signal: AbortSignal): Promise<readonly { name: string; changedAt: Date }[]> {
    signal.throwIfAborted();
    const path = await this.#find(partsOf(folder));
    if (path === undefined) return [];
    const entries = await readdir(path, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory() && plainName.test(entry.name)).map(({ name }) => name);
    return Promise.all(names.map(async (name) => ({ name, changedAt: (await stat(join(path, name))).mtime })));
  }

  async remove(folder: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const path = await this.#find(partsOf(folder));
    if (path !== undefined) await rm(path, { recursive: true, force: true });
  }

  async removeDocument(folder: string, name: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const file = checked(name);
    const path = await this.#find(partsOf(folder));
    if (path === undefined) return;
    const { atime, mtime } = await stat(path);
    await rm(join(path, file), { force: true });
    await utimes(path, atime, mtime);
  }

  async read(folder: string, name: string, signal: AbortSignal): Promise<string | undefined> {
    signal.throwIfAborted();
    const file = checked(name);
    const path = await this.#find(partsOf(folder));
    if (path === undefined) return undefined;
    const found = await new FencedDirectory(path).read(file);
    return found?.content.toString('utf8');
  }

  /** Undefined when there is no such folder. @throws when there is something else on the way. */
  async #find(parts: readonly string[]): Promise<string | undefined> {
    let path = this.#root;
    for (const part of parts) {
      path = join(path, part);
      if (!(await isOwnFolder(path))) return undefined;
    }
    return path;
  }

  async #fenced(parts: readonly string[], effect: Effect): Promise<FencedDirectory> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    let path = this.#root;
    for (const part of parts) {
      path = join(path, part);
      await makeOwnFolder(path);
    }
    const directory = new FencedDirectory(path, nodeFencedFileOperations, fileMode);
    await directory.fence(effect);
    return directory;
  }
}

async function makeOwnFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) throw error;
    await isOwnFolder(path);
  }
}

/** False when there is nothing. @throws when there is something else than a folder. */
async function isOwnFolder(path: string): Promise<boolean> {
  try {
    if ((await lstat(path)).isDirectory()) return true;
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return false;
    throw error;
  }
  throw new Error(`${path} is a link or no folder. Documents are private and go to no other place: remove it.`);
}

function partsOf(folder: string): readonly string[] {
  const parts = folder.split('/');
  if (parts.length > mostLevels) throw new Error(`${JSON.stringify(folder)} is no document name: too deep`);
  return parts.map(checked);
}

function checked(name: string): string {
  if (!plainName.test(name))
    throw new Error(`${JSON.stringify(name)} is no document name: letters, digits, -, _ and . only`);
  return name;
}
