import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isSystemError } from '../../storage/system-error.ts';
import { processStartMark } from './process-identity.ts';
import { writeRecord } from './record-file.ts';

const holderSchema = z.strictObject({
  /** Names this life of the platform. */
  id: z.uuid(),
  pid: z.int().positive(),
  startMark: z.string().min(1),
});
type Holder = z.infer<typeof holderSchema>;

const lockFile = 'platform.lock';
const attempts = 50;

/** Two platforms over one folder would stop each other's services. */
export class PlatformAlreadyRunningError extends Error {
  override readonly name = 'PlatformAlreadyRunningError';

  constructor(rootDirectory: string, pid: number) {
    super(`a local platform already runs over ${rootDirectory} (process ${String(pid)}): stop it first`);
  }
}

/** The right of one process to be the platform over a folder; it ends with the process, however that ends. */
export class PlatformLock {
  readonly #path: string;
  readonly #text: string;

  private constructor(path: string, text: string) {
    this.#path = path;
    this.#text = text;
  }

  /**
   * @param id names this life of the platform, a UUID; `livingPlatform` answers it to others.
   * @throws PlatformAlreadyRunningError
   */
  static async take(rootDirectory: string, id: string): Promise<PlatformLock> {
    const path = join(rootDirectory, lockFile);
    const startMark = await processStartMark(process.pid);
    if (startMark === undefined) throw new Error('cannot tell when this process began: neither /proc nor ps answers');
    const candidate = `${path}.${id}`;
    await writeRecord(candidate, { id, pid: process.pid, startMark } satisfies Holder);
    try {
      const text = await readFile(candidate, 'utf8');
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        // A link appears whole or not at all, and never over another one.
        if (await succeeds(link(candidate, path), 'EEXIST')) return new PlatformLock(path, text);
        const held = await readText(path);
        if (held === undefined) continue;
        const holder = await livingHolder(held);
        if (holder !== undefined) throw new PlatformAlreadyRunningError(rootDirectory, holder.pid);
        await removeExactly(path, held);
      }
      throw new Error(`${path} could not be taken: it changes hands all the time`);
    } finally {
      await rm(candidate, { force: true });
    }
  }

  async release(): Promise<void> {
    await removeExactly(this.#path, this.#text);
  }
}

/** The platform that is alive over a folder; without one, desired states are accepted but nobody acts on them. */
export async function livingPlatform(rootDirectory: string): Promise<string | undefined> {
  const held = await readText(join(rootDirectory, lockFile));
  return held === undefined ? undefined : (await livingHolder(held))?.id;
}

async function livingHolder(text: string): Promise<Holder | undefined> {
  const holder = holderSchema.safeParse(parsed(text));
  if (!holder.success) return undefined;
  const { pid, startMark } = holder.data;
  return (await processStartMark(pid)) === startMark ? holder.data : undefined;
}

/** Moved aside first and compared then, so that a lock somebody has just taken is put back instead of lost. */
async function removeExactly(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  if (!(await succeeds(rename(path, aside), 'ENOENT'))) return;
  if ((await readText(aside)) !== text) await succeeds(link(aside, path), 'EEXIST');
  await rm(aside, { force: true });
}

async function succeeds(operation: Promise<void>, refusal: 'EEXIST' | 'ENOENT'): Promise<boolean> {
  try {
    await operation;
    return true;
  } catch (error) {
    if (isSystemError(error, refusal)) return false;
    throw error;
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
