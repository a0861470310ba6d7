import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { isSystemError } from '../../engine/storage/system-error.ts';
import { SystemClock, type Clock } from '../../engine/workflow/clock.ts';
import { SetupError } from '../setup-error.ts';
import type { LocalFolders } from './local-folders.ts';

const clockRecordSchema = z.strictObject({
  /** How far the time of the installation is ahead of this machine's. */
  aheadSeconds: z.number().nonnegative(),
  /** How far somebody wants it to be; the process behind local mode goes there step by step. */
  towardSeconds: z.number().nonnegative(),
});
export type ClockRecord = z.infer<typeof clockRecordSchema>;

const notMoved: ClockRecord = { aheadSeconds: 0, towardSeconds: 0 };
/** Other processes move it; within this they are behind. */
const readAgainAfterMs = 50;

/** The time of an installation on one machine: the machine's own, and as far ahead of it as somebody moved it. */
export class LocalClock implements Clock {
  readonly #folders: LocalFolders;
  #known: { readonly record: ClockRecord; readonly at: number } | undefined;

  constructor(folders: LocalFolders) {
    this.#folders = folders;
  }

  now(): Date {
    return new Date(Date.now() + this.aheadSeconds * 1000);
  }

  get aheadSeconds(): number {
    return this.read().aheadSeconds;
  }

  /** @throws SetupError when its file says something else. */
  read(): ClockRecord {
    const at = performance.now();
    if (this.#known !== undefined && at - this.#known.at < readAgainAfterMs) return this.#known.record;
    return this.#remember(this.#readFile());
  }

  async write(record: ClockRecord): Promise<void> {
    const { clock } = this.#folders;
    const temporary = `${clock}.${String(process.pid)}`;
    await writeFile(temporary, `${JSON.stringify(record)}\n`, { mode: 0o600 });
    await rename(temporary, clock);
    this.#remember(record);
  }

  #remember(record: ClockRecord): ClockRecord {
    this.#known = { record, at: performance.now() };
    return record;
  }

  #readFile(): ClockRecord {
    const { clock } = this.#folders;
    let text: string;
    try {
      text = readFileSync(clock, 'utf8');
    } catch (error) {
      if (isSystemError(error, 'ENOENT')) return notMoved;
      throw error;
    }
    const parsed = clockRecordSchema.safeParse(parsedJson(text));
    if (parsed.success) return parsed.data;
    throw new SetupError(`${clock} does not say how far the clock was moved`, 'put it back from a copy, or remove it');
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export type InstallationClock = Clock & { readonly aheadSeconds: number };

/** What the time is here: never moved on a database that the engine did not start, which others may share. */
export function installationClock(folders: LocalFolders, databaseUrl: string | undefined): InstallationClock {
  return databaseUrl === undefined ? new LocalClock(folders) : Object.assign(new SystemClock(), { aheadSeconds: 0 });
}
