import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { isSystemError } from '../../storage/system-error.ts';
import { syncFolder } from '../../storage/write-durably.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { type ServerAccount, serverEnvironment } from './server-account.ts';
import { serverUser } from './server-state.ts';

const makingPrefix = '.making-';

export function dataDirectoryIn(base: string): string {
  return join(base, 'data');
}

export type DataDirectoryState =
  | { readonly kind: 'absent' }
  /** Something is there, but no server could run on it: an initdb was cut off, or files were removed. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'complete'; readonly majorVersion: string };

export async function readDataDirectory(dataDirectory: string): Promise<DataDirectoryState> {
  if (!(await exists(dataDirectory))) return { kind: 'absent' };
  if (!(await exists(join(dataDirectory, 'PG_VERSION')))) return { kind: 'incomplete' };
  const majorVersion = (await readFile(join(dataDirectory, 'PG_VERSION'), 'utf8')).trim();
  const isComplete = /^\d+$/.test(majorVersion) && (await exists(join(dataDirectory, 'global', 'pg_control')));
  return isComplete ? { kind: 'complete', majorVersion } : { kind: 'incomplete' };
}

/** Moves what is no data directory out of the way, because it may be somebody's. @returns where to. */
export async function setAside(dataDirectory: string): Promise<string> {
  const place = `${dataDirectory}.incomplete-${randomUUID().slice(0, 8)}`;
  await rename(dataDirectory, place);
  return place;
}

/**
 * Makes the data directory of a new server, whole or not at all.
 *
 * @throws with what initdb said when it fails.
 */
export async function createDataDirectory(
  base: string,
  binaries: PostgresBinaries,
  account: ServerAccount | undefined,
  password: string,
): Promise<void> {
  const making = join(base, `${makingPrefix}${randomUUID()}`);
  try {
    await mkdir(making, { mode: 0o700 });
    const passwordFile = join(making, 'password');
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (account) {
      for (const path of [making, passwordFile]) await chown(path, account.identity.uid, account.identity.gid);
    }
    await runInitdb(binaries, account, join(making, 'data'), passwordFile);
    await rename(join(making, 'data'), dataDirectoryIn(base));
    await syncFolder(base);
  } finally {
    await removeFolder(making);
  }
}

function runInitdb(
  binaries: PostgresBinaries,
  account: ServerAccount | undefined,
  dataDirectory: string,
  passwordFile: string,
): Promise<void> {
  const options = [
    `--pgdata=${dataDirectory}`,
    `--username=${serverUser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sorts the same on every machine and for ever, which the C library's locales do not.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  return new Promise((resolve, reject) => {
    const settings = { ...account?.identity, cwd: '/', env: serverEnvironment() };
    execFile(binaries.initdb, options, settings, (error, stdout, stderr) => {
      if (!error) {
        resolve();
        return;
      }
      const said = `${stderr.trim()}\n${stdout.trim()}`.trim();
      reject(
        new Error(`Postgres could not make its data directory. initdb said:\n${said || error.message}`, {
          cause: error,
        }),
      );
    });
  });
}

/** Removes what was left by a process that was killed while it made a data directory. */
export async function removeUnfinished(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    if (name.startsWith(makingPrefix)) await removeFolder(join(base, name));
  }
}

/** Patiently: an initdb that outlived its parent may still be writing there, until it notices. */
async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}
