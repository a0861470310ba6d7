import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { ProcessLock } from '../../storage/process-lock.ts';
import {
  createDataDirectory,
  dataDirectoryIn,
  readDataDirectory,
  removeUnfinished,
  setAside,
} from './data-directory.ts';
import { findFreePort } from './free-port.ts';
import { findNativeFolder, type PostgresBinaries, versionOf } from './postgres-binaries.ts';
import { admitServerAccount, makePassableFolder } from './make-passable-folder.ts';
import { removePostmasterFile } from './postmaster-file.ts';
import { findServerAccount, type ServerAccount } from './server-account.ts';
import { chooseServerFolders } from './server-folders.ts';
import { createPassword, passwordFile, readPassword, readRecord, writeRecord } from './server-record.ts';
import { readServerState, serverDatabase, serverHost, type ServerState, serverUser } from './server-state.ts';
import { startServer } from './start-server.ts';
import { stopServer } from './stop-server.ts';
import { describeSeconds } from '../../contract/describe-seconds.ts';

export interface EmbeddedPostgresOptions {
  /** Holds the password, the log and, where the server's user can reach it, the data. Made when it is missing. */
  readonly directory: string;
  /** Holds `bin`, `lib` and `share`; those of the installed package unless said. */
  readonly nativeFolder?: string;
}

export interface EmbeddedPostgres {
  /** Of the superuser and the database `postgres`. Contains the password: not for logs, messages or command lines. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** For example `18.4`. */
  readonly version: string;
  /** False when the server ran already. */
  readonly wasStarted: boolean;
  readonly dataDirectory: string;
  readonly logFile: string;
  /** What a person should know: data or programs that had to be put elsewhere, data that had gone. */
  readonly notes: readonly string[];
}

type Running = Extract<ServerState, { readonly kind: 'running' }>;

const lockTimeoutSeconds = 120;
const busyTimeoutSeconds = 60;

export function logFileIn(directory: string): string {
  return join(directory, 'server.log');
}

function lockIn(directory: string): ProcessLock {
  return new ProcessLock(join(directory, '.lock'));
}

/**
 * Gives the local server of a directory, starting it unless it runs. It outlives this process, and the next one adopts
 * it. Of several processes at once, one starts it.
 *
 * @throws when the data are of another major version (they are left alone), when a server runs that does not answer or
 *   refuses the password, when there are no programs for this machine, and, with Postgres's own words, when it fails.
 */
export async function ensureEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const directory = resolve(options.directory);
  const running = await findRunning(directory);
  if (running) return await describeRunning(directory, running, false);
  await makePassableFolder(directory);
  return await lockIn(directory).run(() => startUnlessRunning(directory, options.nativeFolder), {
    timeoutSeconds: lockTimeoutSeconds,
  });
}

/**
 * Ends the server of a directory, if it runs. The data stay.
 *
 * @throws when it does not end.
 */
export async function stopEmbeddedPostgres({
  directory,
}: Pick<EmbeddedPostgresOptions, 'directory'>): Promise<{ readonly wasRunning: boolean }> {
  const own = resolve(directory);
  if ((await readRecord(own)) === undefined) return { wasRunning: false };
  return await lockIn(own).run(
    async () => {
      const state = await stateOf(own);
      if (!('pid' in state)) return { wasRunning: false };
      await stopServer(state.pid);
      return { wasRunning: true };
    },
    { timeoutSeconds: lockTimeoutSeconds },
  );
}

async function stateOf(directory: string): Promise<ServerState> {
  const record = await readRecord(directory);
  if (!record) return { kind: 'stopped' };
  return await readServerState(dataDirectoryIn(record.base), await readPassword(directory));
}

async function findRunning(directory: string): Promise<Running | undefined> {
  const state = await stateOf(directory);
  return state.kind === 'running' ? state : undefined;
}

async function startUnlessRunning(directory: string, nativeFolder: string | undefined): Promise<EmbeddedPostgres> {
  for (;;) {
    const state = await settledState(directory);
    if (state.kind === 'running') return await describeRunning(directory, state, false);

    const account = await findServerAccount();
    const known = await readRecord(directory);
    // Whoever made the folder may have been killed before it was open to the server's user.
    if (known === undefined) await admitServerAccount(directory, account);
    const folders = await chooseServerFolders(directory, nativeFolder ?? findNativeFolder(), account, known?.base);
    const dataDirectory = dataDirectoryIn(folders.base);
    const made = await prepareData(directory, folders.base, folders.binaries, account, known !== undefined);
    const notes = [...folders.notes, ...made];
    // Before the start, so that a server whose starter is killed the moment after is found again.
    await writeRecord(directory, { base: folders.base, port: known?.port, notes });
    if (state.kind === 'stale') await removePostmasterFile(dataDirectory);
    const outcome = await startServer({
      binaries: folders.binaries,
      account,
      base: folders.base,
      dataDirectory,
      logFile: logFileIn(directory),
      preferredPort: known?.port,
      findPort: findFreePort,
    });
    const started = await settledState(directory);
    if (started.kind !== 'running') continue;
    await writeRecord(directory, { base: folders.base, port: started.port, notes });
    return await describeRunning(directory, started, outcome === 'started');
  }
}

/** The state once it is no longer about to change. */
async function settledState(directory: string): Promise<Exclude<ServerState, { readonly kind: 'busy' | 'locked' }>> {
  const deadline = performance.now() + busyTimeoutSeconds * 1000;
  for (;;) {
    const state = await stateOf(directory);
    switch (state.kind) {
      case 'stopped':
      case 'stale':
      case 'running':
        return state;
      case 'locked':
        throw new Error(
          `The Postgres server on port ${String(state.port)} (process ${String(state.pid)}) does not accept the password in ` +
            `${passwordFile(directory)}. Put back the file that belongs to these data.`,
        );
      case 'busy':
        if (performance.now() > deadline) {
          throw new Error(
            `The Postgres server (process ${String(state.pid)}) has not answered for ${describeSeconds(busyTimeoutSeconds)}: ` +
              `${state.reason}. Its log: ${logFileIn(directory)}. End it (kill -QUIT ${String(state.pid)}), then repeat.`,
          );
        }
        await sleep(20);
    }
  }
}

/** @returns notes. */
async function prepareData(
  directory: string,
  base: string,
  binaries: PostgresBinaries,
  account: ServerAccount | undefined,
  wasThere: boolean,
): Promise<readonly string[]> {
  const notes: string[] = [];
  await removeUnfinished(base);
  const dataDirectory = dataDirectoryIn(base);
  const data = await readDataDirectory(dataDirectory);
  const password = await readPassword(directory);
  switch (data.kind) {
    case 'complete': {
      const version = await versionOf(binaries, account);
      if (data.majorVersion !== String(Number.parseInt(version, 10))) {
        throw new Error(
          `The data in ${dataDirectory} are of Postgres ${data.majorVersion}, and the installed programs are of Postgres ${version}. ` +
            `Nothing was changed. Install the programs of ${data.majorVersion}, or move the folder away to begin with an empty database.`,
        );
      }
      if (password === undefined) {
        throw new Error(
          `The password of the data in ${dataDirectory} is missing: ${passwordFile(directory)}. ` +
            `Put the file back, or move the data away to begin with an empty database.`,
        );
      }
      return notes;
    }
    case 'incomplete':
      notes.push(`${dataDirectory} was not complete. It was moved to ${await setAside(dataDirectory)}, and made anew.`);
      break;
    case 'absent':
      if (wasThere) notes.push(`The data in ${dataDirectory} had gone. The database begins empty.`);
      break;
  }
  await createDataDirectory(base, binaries, account, password ?? (await createPassword(directory)));
  return notes;
}

async function describeRunning(directory: string, running: Running, wasStarted: boolean): Promise<EmbeddedPostgres> {
  const record = await readRecord(directory);
  const password = await readPassword(directory);
  if (!record || password === undefined) {
    throw new Error(`The files in ${directory} were removed while the server was found. Repeat.`);
  }
  const { port, pid, version } = running;
  return {
    url: `postgres://${serverUser}:${encodeURIComponent(password)}@${serverHost}:${String(port)}/${serverDatabase}`,
    port,
    pid,
    version,
    wasStarted,
    dataDirectory: dataDirectoryIn(record.base),
    logFile: logFileIn(directory),
    notes: record.notes,
  };
}
