import { mkdirSync, statSync, unlinkSync, watch, writeFileSync, type FSWatcher } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isSystemError } from '../../../engine/storage/system-error.ts';

/**
 * Counts how often a file was put in place, by the system's own notification of each rename. An edit in place, which
 * readers could see half done, is counted apart.
 *
 * The system merges a notification with an equal one that nobody has read yet. Therefore the file that is to be replaced
 * is watched too: what is said of its end keeps the notifications of two replacements in a row apart.
 */
export class FileReplacements {
  readonly #path: string;
  readonly #watcher: FSWatcher;
  readonly #seen = new Map<string, () => void>();
  #separator: FSWatcher | undefined;
  #replacements = 0;
  #editsInPlace = 0;
  #inode: number | undefined;
  #marks = 0;

  /** @param path its folder is made when it is missing. */
  constructor(path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true });
    this.#inode = inodeOf(path);
    this.#watcher = watch(dirname(path), (event, file) => {
      if (file !== null) this.#notice(event, file);
    });
    this.#separate();
  }

  /** Of everything that happened before the call. */
  async counts(): Promise<{ readonly replacements: number; readonly editsInPlace: number }> {
    await this.#catchUp();
    return { replacements: this.#replacements, editsInPlace: this.#editsInPlace };
  }

  close(): void {
    this.#watcher.close();
    this.#separator?.close();
  }

  #notice(event: 'rename' | 'change', file: string): void {
    this.#seen.get(file)?.();
    if (file !== basename(this.#path)) return;
    const inode = inodeOf(this.#path);
    // The same file under the same name, and yet an event: its content was changed where it is.
    if (event === 'change' && inode === this.#inode) this.#editsInPlace += 1;
    if (event === 'rename') {
      this.#replacements += 1;
      this.#separate();
    }
    this.#inode = inode;
  }

  #separate(): void {
    this.#separator?.close();
    this.#separator = undefined;
    try {
      this.#separator = watch(this.#path, () => undefined);
    } catch (error) {
      // There is no file before the first one.
      if (!isSystemError(error, 'ENOENT')) throw error;
    }
  }

  /** Notifications come in order, so that of a file made now comes behind all others. */
  async #catchUp(): Promise<void> {
    this.#marks += 1;
    const name = `.mark-${String(process.pid)}-${String(this.#marks)}`;
    const mark = join(dirname(this.#path), name);
    await new Promise<void>((resolve) => {
      this.#seen.set(name, resolve);
      writeFileSync(mark, '');
    });
    this.#seen.delete(name);
    unlinkSync(mark);
  }
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}
