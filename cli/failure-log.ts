import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the details of unexpected errors go, which nobody wants to read in a terminal. */
export interface FailureLog {
  /** @returns the file it was written to; undefined when it could not be written. */
  write(command: string, error: unknown): string | undefined;
}

/** `promote.log` in the installation's folder: `PROMOTION_HOME`, else `.promotion` in the working directory. */
export class FileFailureLog implements FailureLog {
  readonly #file: string;

  constructor(environment: NodeJS.ProcessEnv) {
    this.#file = join(environment['PROMOTION_HOME'] ?? '.promotion', 'promote.log');
  }

  write(command: string, error: unknown): string | undefined {
    try {
      mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
      appendFileSync(this.#file, `${new Date().toISOString()} ${command}: ${describe(error)}\n`, { mode: 0o600 });
      return this.#file;
    } catch {
      // A disk that is full or read-only must not hide the error that was to be told.
      return undefined;
    }
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${describe(error.cause)}`;
  return `${error.stack ?? `${error.name}: ${error.message}`}${cause}`;
}
