import { appendFile } from 'node:fs/promises';
import type { Notification, Notifier } from './notifier.ts';

/** Appends each notification as a line of JSON; local mode's stand-in for mail and chat, and a witness of deliveries. */
export class FileNotifier implements Notifier {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async deliver(notification: Notification, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await appendFile(this.#file, `${JSON.stringify(notification)}\n`, { mode: 0o600 });
  }
}
