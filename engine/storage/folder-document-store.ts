import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Effect } from '../workflow/fence.ts';
import type { DocumentStore } from './document-store.ts';
import { FencedDirectory } from './fenced-directory.ts';

const plainName = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;

/** Documents as files of a folder that only its owner may read. */
export class FolderDocumentStore implements DocumentStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async write(folder: string, name: string, content: string, effect: Effect): Promise<{ readonly location: string }> {
    effect.signal.throwIfAborted();
    const path = this.#folder(folder);
    const file = checked(name);
    const directory = await this.#fenced(path, effect);
    const current = await directory.read(file);
    if (current?.content.toString('utf8') !== content) {
      await directory.replace(file, content, current?.revision, effect);
    }
    return { location: join(path, file) };
  }

  async fence(folder: string, effect: Effect): Promise<void> {
    effect.signal.throwIfAborted();
    await this.#fenced(this.#folder(folder), effect);
  }

  async read(folder: string, name: string, signal: AbortSignal): Promise<string | undefined> {
    signal.throwIfAborted();
    const found = await new FencedDirectory(this.#folder(folder)).read(checked(name));
    return found?.content.toString('utf8');
  }

  async #fenced(path: string, effect: Effect): Promise<FencedDirectory> {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const directory = new FencedDirectory(path);
    await directory.fence(effect);
    return directory;
  }

  #folder(folder: string): string {
    return join(this.#root, checked(folder));
  }
}

function checked(name: string): string {
  if (!plainName.test(name))
    throw new Error(`${JSON.stringify(name)} is no document name: letters, digits, -, _ and . only`);
  return name;
}
