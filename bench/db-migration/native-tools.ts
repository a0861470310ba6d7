import { execFile } from 'node:child_process';
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const debianFolder = '/usr/lib/postgresql';

/** What the machine has to copy a database with, beside us. */
export interface NativeTools {
  /** Of `initdb`, `postgres`, `pg_dump` and `pg_restore`. */
  readonly folder: string;
  readonly version: string;
  /** Undefined: it is not installed. */
  readonly pgcopydb: string | undefined;
  /** Who runs a server, which refuses root. */
  readonly user: { readonly uid?: number; readonly gid?: number };
}

/** @throws Error naming what to install. */
export async function findNativeTools(): Promise<NativeTools> {
  const versions = await readdir(debianFolder).catch(() => []);
  const newest = versions.toSorted((one, other) => Number(other) - Number(one))[0];
  const folder = join(debianFolder, newest ?? '', 'bin');
  await access(join(folder, 'pg_restore')).catch(() => {
    throw new Error('This needs PostgreSQL with its tools; on Debian: apt-get install postgresql postgresql-client');
  });
  const { stdout: version } = await run(join(folder, 'pg_dump'), ['--version']);
  const copydb = await run('pgcopydb', ['--version']).catch(() => undefined);
  return {
    folder,
    version: version.trim(),
    pgcopydb: copydb === undefined ? undefined : (/[\d.]+/.exec(copydb.stdout)?.[0] ?? 'unknown'),
    user: await unprivilegedUser(),
  };
}

async function unprivilegedUser(): Promise<NativeTools['user']> {
  if (process.getuid?.() !== 0) return {};
  const { stdout } = await run('id', ['-u', 'nobody']);
  const uid = Number(stdout);
  return { uid, gid: uid };
}
