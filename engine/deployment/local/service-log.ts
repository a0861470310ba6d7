import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isSystemError } from '../../storage/system-error.ts';

const defaultMaximumBytes = 5 * 1024 * 1024;

/** A service's output on disk: one file that is written and one before it (`….1`), each of a bounded size. */
export class ServiceLog {
  readonly #path: string;
  readonly #maximumBytes: number;
  #sizeBytes: number | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(path: string, maximumBytes: number = defaultMaximumBytes) {
    this.#path = path;
    this.#maximumBytes = maximumBytes;
  }

  /** Returns when the text is in the file; a writer that waits for it slows a service down that prints too much. */
  append(text: string): Promise<void> {
    const written = this.#last.then(() => this.#append(Buffer.from(text)));
    this.#last = written.catch(() => undefined);
    return written;
  }

  async #append(bytes: Buffer): Promise<void> {
    let size = this.#sizeBytes ?? (await this.#open());
    if (size > 0 && size + bytes.length > this.#maximumBytes) {
      await rename(this.#path, `${this.#path}.1`);
      size = 0;
    }
    await appendFile(this.#path, bytes, { mode: 0o600 });
    this.#sizeBytes = size + bytes.length;
  }

  async #open(): Promise<number> {
    await mkdir(dirname(this.#path), { recursive: true });
    try {
      return (await stat(this.#path)).size;
    } catch (error) {
      if (isSystemError(error, 'ENOENT')) return 0;
      throw error;
    }
  }
}
