import { createHash, randomUUID } from 'node:crypto';
import { chmod, cp, lstat, mkdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { isSystemError } from '../../storage/system-error.ts';
import { openBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { canReach, type ServerAccount } from './server-account.ts';

/** Where a server's programs and data lie. */
export interface ServerFolders {
  readonly binaries: PostgresBinaries;
  /** Holds the data directory. */
  readonly base: string;
  /** What a person should know of these places. */
  readonly notes: readonly string[];
}

/**
 * The asked places, or others below the folder for temporary files when the account cannot reach those, as is the case
 * for a clone below root's home.
 *
 * @param base of a server that was made before; it stays where it is.
 * @throws when the account can reach none.
 */
export async function chooseServerFolders(
  directory: string,
  native: string,
  account: ServerAccount | undefined,
  base: string | undefined,
): Promise<ServerFolders> {
  const binaries = await openBinaries(native);
  const own = await realpath(directory);
  if (!account) return { binaries, base: base ?? own, notes: [] };

  const hash = createHash('sha256').update(own).digest('hex').slice(0, 16);
  const elsewhere = join(tmpdir(), `promotion-postgres-${hash}`);
  const notes: string[] = [];
  let reachable = binaries;
  if (!(await canReach(account, binaries.postgres))) {
    await makePublicFolder(elsewhere, account);
    reachable = await copyBinaries(binaries, await realpath(elsewhere));
    notes.push(
      `The Postgres programs were copied to ${reachable.native}: the user ${account.name} cannot reach ${native}.`,
    );
  }
  const isOwnReachable = await canReach(account, own);
  const chosen = base ?? (isOwnReachable ? own : elsewhere);
  if (chosen !== own) {
    if (resolve(chosen) === resolve(elsewhere)) await makePublicFolder(elsewhere, account);
    notes.push(
      `The data are in ${chosen}: the user ${account.name}, which runs Postgres because root must not, ` +
        `${isOwnReachable ? 'could not' : 'cannot'} reach ${own}. ` +
        `The system may clear its temporary files; choose another folder to keep the data.`,
    );
  }
  return { binaries: reachable, base: await realpath(chosen), notes };
}

/** Anybody may make folders beside it, so one that is there already has to prove that it is ours. */
async function makePublicFolder(path: string, account: ServerAccount): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
    // Apart from its making, which the process's umask has a say in.
    await chmod(path, 0o711);
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) throw error;
    const found = await lstat(path);
    const isOurs = found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
    if (!isOurs) throw new Error(`${path} belongs to somebody else. Remove it, then repeat.`, { cause: error });
  }
  if (await canReach(account, path)) return;
  throw new Error(
    `The user ${account.name}, which runs Postgres because root must not, can reach neither the project's folder nor ${path}. ` +
      `Set TMPDIR to a folder that is open to it, or run this as another user than root.`,
  );
}

async function copyBinaries(binaries: PostgresBinaries, folder: string): Promise<PostgresBinaries> {
  const { size, mtimeMs } = await stat(binaries.postgres);
  const native = join(folder, `native-${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}`);
  try {
    return await openBinaries(native);
  } catch (error) {
    // Made by a rename, so that a copy is whole or absent.
    if (!(error instanceof Error) || !isSystemError(error.cause, 'ENOENT')) throw error;
  }
  const temporary = `${native}.${randomUUID()}.tmp`;
  try {
    await cp(binaries.native, temporary, {
      recursive: true,
      verbatimSymlinks: true,
      preserveTimestamps: true,
      // Libraries to link programs with, a quarter of the whole.
      filter: (path) => !path.endsWith('.a'),
    });
    await rename(temporary, native);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return await openBinaries(native);
}
