import { createHash } from 'node:crypto';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import * as z from 'zod';
import type { Log } from './log.ts';

const flagFile = z.object({
  flags: z.array(z.object({ key: z.string(), isEnabled: z.boolean(), percentage: z.number().min(0).max(100) })),
});
type FlagState = z.infer<typeof flagFile>['flags'][number];

const pollingIntervalMs = 200;

/** A fixed place between 0 and 100 for each pair of flag and subject, so that nobody sees a feature come and go. */
export function bucketOf(key: string, subject: string): number {
  const hash = createHash('sha256').update(`${key}\n${subject}`).digest();
  return (hash.readUInt32BE(0) / 2 ** 32) * 100;
}

/** The environment's feature flags, read again whenever their file changes. */
export class Flags {
  readonly #file: string;
  readonly #log: Log;
  #states: ReadonlyMap<string, FlagState> = new Map();

  constructor(file: string, log: Log) {
    this.#file = file;
    this.#log = log;
    this.#read();
    // Polled, because a file replaced by renaming slips out of a watch on its inode.
    watchFile(file, { interval: pollingIntervalMs, persistent: false }, this.#read);
  }

  /** Whether the subject (a customer, a visitor) sees the feature. A flag that nobody defined is off. */
  isOn(key: string, subject: string): boolean {
    const state = this.#states.get(key);
    return state !== undefined && state.isEnabled && bucketOf(key, subject) < state.percentage;
  }

  close(): void {
    unwatchFile(this.#file, this.#read);
  }

  /** What cannot be read changes nothing: features keep the state they had. */
  readonly #read = (): void => {
    try {
      const { flags } = flagFile.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
      this.#states = new Map(flags.map((flag) => [flag.key, flag]));
    } catch (error) {
      this.#log.error('flags-unreadable', error, { file: this.#file });
    }
  };
}
