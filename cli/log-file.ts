import { closeSync, openSync, writeSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { isSystemError } from '../engine/storage/system-error.ts';
import { newFileFlags, whyNotMade } from './new-file.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const mostAttempts = 100;

/** A file of one's own that a command writes beside the terminal; only its owner may read it. */
export class LogFile {
  readonly path: string;
  readonly #descriptor: number;

  private constructor(path: string, descriptor: number) {
    this.path = path;
    this.#descriptor = descriptor;
  }

  /** @throws UsageError when there is something at the place already, or it cannot be written. */
  static create(path: string): LogFile {
    try {
      return new LogFile(path, openSync(path, newFileFlags, 0o600));
    } catch (error) {
      if (isSystemError(error, 'EEXIST', 'ELOOP')) {
        throw new UsageError(`${path} exists already, and nothing is written over; name another file`);
      }
      throw unwritable(path, error);
    }
  }

  /** A file called after the moment, and after a number when another command had the same one. */
  static createNamed(folder: string, prefix: string, at: Date): LogFile {
    for (let attempt = 1; ; attempt++) {
      const number = attempt === 1 ? '' : `-${String(attempt)}`;
      const path = `${folder}/${prefix}-${timeInNames(at)}${number}.log`;
      try {
        return new LogFile(path, openSync(path, newFileFlags, 0o600));
      } catch (error) {
        if (!isSystemError(error, 'EEXIST', 'ELOOP') || attempt === mostAttempts) throw unwritable(path, error);
      }
    }
  }

  write(text: string): void {
    writeSync(this.#descriptor, text);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

function unwritable(path: string, error: unknown): UsageError {
  return new UsageError(
    `the log cannot be written to ${path}: ${whyNotMade(path, error)}; name another file with --log`,
  );
}

/** `20261126-140533`, by the clock of this machine, as `date +%Y%m%d-%H%M%S` says it. */
export function timeInNames(at: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${String(at.getFullYear())}${two(at.getMonth() + 1)}${two(at.getDate())}`;
  return `${day}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
}

/** A terminal whose words stay in a log too, without colours and without what was only shown for a moment. */
export function logged(terminal: Terminal, log: LogFile): Terminal {
  const keep = (text: string): void => {
    if (text.startsWith('\r')) return;
    log.write(stripVTControlCharacters(text));
  };
  return {
    ...terminal,
    write(text) {
      terminal.write(text);
      keep(text);
    },
    writeError(text) {
      terminal.writeError(text);
      keep(text);
    },
  };
}
