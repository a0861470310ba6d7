import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { isSystemError } from '../storage/system-error.ts';
import { syncFolder } from '../storage/write-durably.ts';
import type { HeadStore, StoredHead } from './head-store.ts';
import type { SignedCheckpoint } from './checkpoint.ts';
import type { SignedHead } from './signed-heads.ts';

/** Keeps each head in a file of its own, readable by its owner alone: `<time>-<random>.json`. */
export class FolderHeadStore implements HeadStore {
  readonly #folder: string;

  /** @param folder made when the first head is appended. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async append(head: SignedHead | SignedCheckpoint): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    // Windows allows no colon in names.
    const name = `${head.at.replaceAll(':', '-')}-${randomBytes(8).toString('hex')}`;
    const draft = path.join(this.#folder, `.${name}.draft`);
    try {
      {
        await using file = await open(draft, 'wx', 0o600);
        await file.writeFile(`${JSON.stringify(head)}\n`);
        await file.sync();
      }
      // Unlike a rename, a link never takes the place of a file that is there.
      await link(draft, path.join(this.#folder, `${name}.json`));
    } finally {
      await rm(draft, { force: true });
    }
    await syncFolder(this.#folder);
  }

  async *readAll(): AsyncIterable<StoredHead> {
    for (const name of await this.#names()) {
      const text = await readFile(path.join(this.#folder, name), 'utf8');
      yield { name, content: parseJson(text) };
    }
  }

  async #names(): Promise<readonly string[]> {
    try {
      const names = await readdir(this.#folder);
      // A draft of a process that died was never said to be kept.
      return names.filter((name) => !(name.startsWith('.') && name.endsWith('.draft'))).sort();
    } catch (error) {
      if (isSystemError(error, 'ENOENT')) {
        return [];
      }
      throw error;
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
