import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Notification, Notifier } from './notifier.ts';

/** Appends each notification as a line of JSON to a file that only its owner may read. */
export class FileNotifier implements Notifier {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async deliver(notification: Notification, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
    // Whoever may write in the folder must not make this write elsewhere.
    const flags = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | constants.O_NOFOLLOW;
    await using file = await open(this.#file, flags, 0o600);
    await file.appendFile(`${JSON.stringify(notification)}\n`);
  }
}
