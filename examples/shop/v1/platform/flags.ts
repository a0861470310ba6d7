import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
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
  readonly #polling: NodeJS.Timeout;
  #states: ReadonlyMap<string, FlagState> = new Map();
  /** What was read last, or why it could not be. */
  #seen: string | undefined;

  constructor(file: string, log: Log) {
    this.#file = file;
    this.#log = log;
    this.readAgain();
    // The content itself is compared: watching loses a change made just before, and a file replaced by renaming.
    this.#polling = setInterval(() => {
      this.readAgain();
    }, pollingIntervalMs).unref();
  }

  /** Whether the subject (a customer, a visitor) sees the feature. A flag that nobody defined is off. */
  isOn(key: string, subject: string): boolean {
    const state = this.#states.get(key);
    return state !== undefined && state.isEnabled && bucketOf(key, subject) < state.percentage;
  }

  /** Takes over what the file says now. What cannot be read is logged and changes nothing. */
  readAgain(): void {
    const content = this.#content();
    if (content.seen === this.#seen) return;
    this.#seen = content.seen;
    try {
      const { flags } = flagFile.parse(JSON.parse(content.read()));
      this.#states = new Map(flags.map((flag) => [flag.key, flag]));
    } catch (error) {
      this.#log.error('flags-unreadable', error, { file: this.#file });
    }
  }

  #content(): { readonly seen: string; readonly read: () => string } {
    try {
      const text = readFileSync(this.#file, 'utf8');
      return { seen: `content: ${text}`, read: () => text };
    } catch (error) {
      return {
        seen: `error: ${String(error)}`,
        read: () => {
          throw error;
        },
      };
    }
  }

  close(): void {
    clearInterval(this.#polling);
  }
}
