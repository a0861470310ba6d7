import { setTimeout as pause } from 'node:timers/promises';
import type { LocalFolders } from './local-folders.ts';
import { startLocalFunction, type LocalFunction } from './local-function.ts';
import { causeWithOriginal } from '../../engine/wording/cause-text.ts';

const firstPauseMs = 200;
const longestPauseMs = 10_000;

/**
 * The database-migration function, started again whenever it ends, at the address that everybody knows. What runs in the
 * environments does not depend on it.
 */
export class KeptFunction {
  readonly #folders: LocalFolders;
  readonly #log: (line: string) => void;
  readonly #stopping = new AbortController();
  #running: LocalFunction;
  #kept: Promise<void> = Promise.resolve();

  private constructor(folders: LocalFolders, log: (line: string) => void, running: LocalFunction) {
    this.#folders = folders;
    this.#log = log;
    this.#running = running;
  }

  /** @param log gets a line when the function ended, and when it answers again. */
  static async start(folders: LocalFolders, log: (line: string) => void): Promise<KeptFunction> {
    const kept = new KeptFunction(folders, log, await startLocalFunction(folders));
    kept.#kept = kept.#keep();
    return kept;
  }

  get url(): string {
    return this.#running.url;
  }

  /** Of the process that runs now, or ran last. */
  get pid(): number | undefined {
    return this.#running.process.pid;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running.stop();
    await this.#kept;
    // One that was just being started.
    await this.#running.stop();
  }

  async #keep(): Promise<void> {
    for (;;) {
      const how = await endOf(this.#running);
      if (this.#stopping.signal.aborted) return;
      this.#log(`the database-migration function ended (${how}); it is started again, everything else goes on`);
      const next = await this.#startAgain();
      if (next === undefined) return;
      this.#running = next;
      this.#log(`the database-migration function answers again at ${next.url}`);
    }
  }

  /** @returns undefined when everything is being stopped. */
  async #startAgain(): Promise<LocalFunction | undefined> {
    const port = Number(new URL(this.#running.url).port);
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      await pause(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      if (this.#stopping.signal.aborted) return undefined;
      try {
        return await startLocalFunction(this.#folders, port);
      } catch (error) {
        const why = causeWithOriginal(error);
        this.#log(`the database-migration function could not be started again: ${why}; the next try follows`);
      }
    }
  }
}

function endOf({ process: child }: LocalFunction): Promise<string> {
  return new Promise((resolve) => {
    const tell = (): void => {
      resolve(child.signalCode ?? `exit code ${String(child.exitCode)}`);
    };
    if (child.exitCode !== null || child.signalCode !== null) tell();
    else child.once('exit', tell);
  });
}
