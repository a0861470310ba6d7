import { dirname } from 'node:path';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { isSystemError } from '../engine/storage/system-error.ts';
import { UsageError } from './usage-error.ts';
import { causeText } from '../engine/wording/cause-text.ts';

/** Never an existing file, nor one that a link leads to: the folder may be everybody's. */
export const newFileFlags =
  constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND | constants.O_NOFOLLOW;

/** A file that a command makes for a person; only its owner may read it. */
export class NewFile {
  readonly path: string;
  readonly #descriptor: number;

  private constructor(path: string, descriptor: number) {
    this.path = path;
    this.#descriptor = descriptor;
  }

  /** @throws UsageError when there is something at the place already, or it cannot be written. */
  static create(path: string): NewFile {
    try {
      return new NewFile(path, openSync(path, newFileFlags, 0o600));
    } catch (error) {
      if (isSystemError(error, 'EEXIST', 'ELOOP')) {
        throw new UsageError(`${path} exists already, and nothing is written over; name another file`);
      }
      throw new UsageError(`${path} cannot be written: ${whyNotMade(path, error)}; name another file`);
    }
  }

  write(text: string): void {
    writeSync(this.#descriptor, text);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** Why something new cannot be made at a place. */
export function whyNotMade(path: string, error: unknown): string {
  return isSystemError(error, 'ENOENT') ? `there is no folder ${dirname(path)}` : causeText(error);
}
