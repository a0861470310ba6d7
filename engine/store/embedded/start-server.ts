import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { isSystemError } from '../../storage/system-error.ts';
import type { findFreePort } from './free-port.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { type ServerAccount, serverEnvironment } from './server-account.ts';
import { serverHost } from './server-state.ts';
import { describeSeconds } from '../../contract/describe-seconds.ts';

const maximumPorts = 40;
/** How long sessions of a server that was killed may take to notice; on a machine under load, seconds. */
const endingPatienceSeconds = 60;
const readyTimeoutSeconds = 60;
const logLimitBytes = 8 * 1024 * 1024;

export interface StartRequest {
  readonly binaries: PostgresBinaries;
  readonly account: ServerAccount | undefined;
  readonly base: string;
  readonly dataDirectory: string;
  readonly logFile: string;
  readonly preferredPort: number | undefined;
  readonly findPort: typeof findFreePort;
}

type Attempt = 'ready' | { readonly failed: string };

/** Loopback only, no socket file, and what a laptop can spare. Durability settings stay as Postgres has them. */
const settings = [
  `listen_addresses=${serverHost}`,
  'unix_socket_directories=',
  'max_connections=200',
  'shared_buffers=64MB',
  'password_encryption=scram-sha-256',
].flatMap((each) => ['-c', each]);

/**
 * Starts a server that outlives this process, and returns when it takes connections.
 *
 * @returns `raced` when another process started one on the same data at the same time.
 * @throws with what Postgres said when it does not start.
 */
export async function startServer(request: StartRequest): Promise<'started' | 'raced'> {
  await limitLog(request.logFile);
  let preferredPort = request.preferredPort;
  const started = performance.now();
  for (let number = 1; ; number += 1) {
    const port = await request.findPort(serverHost, preferredPort);
    const attempt = await startOn(port, request);
    if (attempt === 'ready') return 'started';
    if (/lock file "postmaster\.pid" already exists/.test(attempt.failed)) return 'raced';
    const isPortTaken = /could not bind|Address already in use/i.test(attempt.failed);
    // Sessions of a server that was killed hold its memory until they notice.
    const isStillEnding = /pre-existing shared memory block/.test(attempt.failed);
    const isWorthAnother = isStillEnding
      ? performance.now() - started < endingPatienceSeconds * 1000
      : isPortTaken && number < maximumPorts;
    if (!isWorthAnother) {
      throw new Error(`Postgres did not start. It said:\n${attempt.failed}\nIts log: ${request.logFile}`);
    }
    if (isPortTaken) preferredPort = undefined;
    else await sleep(250);
  }
}

async function startOn(port: number, request: StartRequest): Promise<Attempt> {
  const { binaries, account, base, dataDirectory, logFile } = request;
  const logStart = await sizeOf(logFile);
  let child: ChildProcess;
  {
    await using log = await open(logFile, 'a', 0o600);
    child = spawn(binaries.postgres, ['-D', dataDirectory, '-p', String(port), ...settings], {
      ...account?.identity,
      cwd: base,
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      windowsHide: true,
    });
    await once(child, 'spawn');
  }
  child.unref();

  const deadline = performance.now() + readyTimeoutSeconds * 1000;
  while (child.exitCode === null && child.signalCode === null) {
    const file = await readPostmasterFile(dataDirectory);
    if (file !== undefined && file !== 'damaged' && file.pid === child.pid && file.isReady) return 'ready';
    if (performance.now() > deadline) {
      throw new Error(
        `Postgres (process ${String(child.pid)}) has been starting for ${describeSeconds(readyTimeoutSeconds)} and goes on. ` +
          `Wait for it and repeat. Its log: ${logFile}`,
      );
    }
    await sleep(10);
  }
  const said = (await readFile(logFile)).subarray(logStart).toString().trim();
  const end = child.signalCode ?? `exit code ${String(child.exitCode)}`;
  return { failed: said === '' ? `nothing, and ended with ${end}` : said };
}

/** Keeps one older log beside the present one. */
async function limitLog(logFile: string): Promise<void> {
  if ((await sizeOf(logFile)) > logLimitBytes) await rename(logFile, `${logFile}.previous`);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return 0;
    throw error;
  }
}
