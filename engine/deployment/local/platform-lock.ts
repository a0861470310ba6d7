import { mkdir, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isSystemError } from '../../storage/system-error.ts';
import { processStartMark } from './process-identity.ts';

const holderSchema = z.strictObject({
  /** Names this life of the platform. */
  id: z.uuid(),
  pid: z.int().positive(),
  startMark: z.string().min(1),
});
type Holder = z.infer<typeof holderSchema>;

const turnsFolder = '.platform';
const turnName = /^[1-9][0-9]{0,14}$/;
const released = 'released';
const attempts = 50;

/** Two platforms over one folder would stop each other's services. */
export class PlatformAlreadyRunningError extends Error {
  override readonly name = 'PlatformAlreadyRunningError';

  constructor(rootDirectory: string, pid: number) {
    super(`a local platform already runs over ${rootDirectory} (process ${String(pid)}): stop it first`);
  }
}

/**
 * The right of one process to be the platform over a folder; it ends with the process, however that ends.
 *
 * Turns are numbered, and the highest one counts. A turn is a symbolic link whose target says who holds it: it comes
 * into being whole, and never over another one. Of all who saw the same turn end, one makes the next. Somebody slow may
 * still make a turn that was cleared away because a later one exists; looking again afterwards shows that one.
 */
export class PlatformLock {
  readonly #folder: string;
  readonly #turn: number;

  private constructor(folder: string, turn: number) {
    this.#folder = folder;
    this.#turn = turn;
  }

  /**
   * @param id names this life of the platform, a UUID; `livingPlatform` answers it to others.
   * @throws PlatformAlreadyRunningError
   */
  static async take(rootDirectory: string, id: string): Promise<PlatformLock> {
    const folder = join(rootDirectory, turnsFolder);
    await mkdir(folder, { recursive: true });
    const startMark = await processStartMark(process.pid);
    if (startMark === undefined) throw new Error('cannot tell when this process began: neither /proc nor ps answers');
    const own = JSON.stringify({ id, pid: process.pid, startMark } satisfies Holder);
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const highest = (await turnsIn(folder)).at(-1) ?? 0;
      const holder = await livingHolder(folder, highest);
      if (holder !== undefined) throw new PlatformAlreadyRunningError(rootDirectory, holder.pid);
      const turn = highest + 1;
      if (!(await makeTurn(folder, turn, own))) continue;
      if ((await turnsIn(folder)).at(-1) === turn) {
        await clearBelow(folder, turn);
        return new PlatformLock(folder, turn);
      }
      await rm(join(folder, String(turn)), { force: true });
    }
    throw new Error(`${folder} could not be taken: it changes hands all the time`);
  }

  async release(): Promise<void> {
    // Not by removing the turn: numbers that begin anew could be held twice.
    if (await makeTurn(this.#folder, this.#turn + 1, released)) await clearBelow(this.#folder, this.#turn + 1);
  }
}

/** The platform that is alive over a folder; without one, desired states are accepted but nobody acts on them. */
export async function livingPlatform(rootDirectory: string): Promise<string | undefined> {
  const folder = join(rootDirectory, turnsFolder);
  return (await livingHolder(folder, (await turnsIn(folder)).at(-1) ?? 0))?.id;
}

/** Ascending. */
async function turnsIn(folder: string): Promise<readonly number[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => turnName.test(name))
      .map(Number)
      .toSorted((left, right) => left - right);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return [];
    throw error;
  }
}

/** @returns false when there is such a turn. */
async function makeTurn(folder: string, turn: number, text: string): Promise<boolean> {
  try {
    await symlink(text, join(folder, String(turn)));
    return true;
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return false;
    throw error;
  }
}

async function clearBelow(folder: string, turn: number): Promise<void> {
  for (const lower of await turnsIn(folder)) {
    if (lower < turn) await rm(join(folder, String(lower)), { force: true });
  }
}

async function livingHolder(folder: string, turn: number): Promise<Holder | undefined> {
  const holder = holderSchema.safeParse(await holderOf(join(folder, String(turn))));
  if (!holder.success) return undefined;
  const { pid, startMark } = holder.data;
  return (await processStartMark(pid)) === startMark ? holder.data : undefined;
}

/** Whatever is not a readable turn is nobody's. */
async function holderOf(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readlink(path));
  } catch {
    return undefined;
  }
}
