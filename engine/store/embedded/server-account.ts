import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The user a server runs as when this process is root, as which Postgres refuses to run. */
export interface ServerAccount {
  readonly name: string;
  readonly identity: { readonly uid: number; readonly gid: number };
}

const candidates = ['postgres', '_postgres', 'nobody'];

/**
 * Undefined when the server can run as whoever runs this process.
 *
 * @throws when this is root and there is no other user.
 */
export async function findServerAccount(): Promise<ServerAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of candidates) {
    const [uid, gid] = [await idOf('-u', name), await idOf('-g', name)];
    if (uid !== undefined && gid !== undefined) return { name, identity: { uid, gid } };
  }
  throw new Error(
    `Postgres does not run as root, and there is none of the users ${candidates.join(', ')} to run it as. ` +
      `Add a user postgres, run this as another user than root, or set DATABASE_URL to a server of your own.`,
  );
}

/** Whether the account can enter a folder or run a program. */
export async function canReach(account: ServerAccount, path: string): Promise<boolean> {
  try {
    await run('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { ...account.identity, cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

/** Nothing of this process's environment may change how Postgres behaves (PGDATA, PGOPTIONS, a locale, a time zone). */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env;
  return { PATH, ...(SystemRoot !== undefined && { SystemRoot }), LC_ALL: 'C', TZ: 'UTC' };
}

async function idOf(option: '-u' | '-g', name: string): Promise<number | undefined> {
  try {
    const { stdout } = await run('id', [option, name]);
    return Number.parseInt(stdout, 10);
  } catch {
    return undefined;
  }
}
