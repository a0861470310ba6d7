import { join } from 'node:path';
import { writeRecord } from './record-file.ts';
import { statusFile, type StatusRecord } from './status-record.ts';

/** Keeps an environment's status file equal to what is observed, and leaves it alone while nothing changes. */
export class StatusPublisher {
  readonly #path: string;
  readonly #onError: (error: unknown) => void;
  #observe: (() => StatusRecord) | undefined;
  #written = '';
  #last: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(folder: string, onError: (error: unknown) => void) {
    this.#path = join(folder, statusFile);
    this.#onError = onError;
  }

  start(observe: () => StatusRecord, intervalSeconds: number): void {
    this.#observe = observe;
    this.#timer = setInterval(() => {
      this.request();
    }, intervalSeconds * 1000);
  }

  /** Publishes soon; before the start, not at all. */
  request(): void {
    this.publish().catch(this.#onError);
  }

  /** Returns when what is observed now is on disk. Failures are reported and the next publication tries again. */
  publish(): Promise<void> {
    this.#last = this.#last.then(() => this.#write()).catch(this.#onError);
    return this.#last;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.publish();
  }

  async #write(): Promise<void> {
    if (this.#observe === undefined) return;
    const status = this.#observe();
    const text = JSON.stringify(status);
    if (text === this.#written) return;
    await writeRecord(this.#path, status);
    this.#written = text;
  }
}
