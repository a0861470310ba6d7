import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { isProcessAlive, startOfProcess } from '../../storage/process-liveness.ts';
import { isSystemError } from '../../storage/system-error.ts';
import { findNativeFolder, openBinaries } from './postgres-binaries.ts';

const run = promisify(execFile);
const fastTimeoutSeconds = 30;
const immediateTimeoutSeconds = 10;

/**
 * Ends a server and its sessions; what was committed stays. A server that does not end in 30 s is made to, and recovers at
 * its next start.
 *
 * @throws when even that does not end it.
 */
export async function stopServer(pid: number): Promise<void> {
  const start = await startOfProcess(pid);
  // Postgres calls these fast and immediate shutdown.
  for (const [signal, timeoutSeconds] of [
    ['SIGINT', fastTimeoutSeconds],
    ['SIGQUIT', immediateTimeoutSeconds],
  ] as const) {
    await send(pid, signal);
    const deadline = performance.now() + timeoutSeconds * 1000;
    while (performance.now() < deadline) {
      if (!(await isProcessAlive(pid, start))) return;
      await sleep(10);
    }
  }
  throw new Error(
    `Postgres (process ${String(pid)}) does not end. End it by hand (kill -KILL ${String(pid)}), then repeat.`,
  );
}

async function send(pid: number, signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  if (process.platform === 'win32') {
    // There, a signal from Node would end the process at once.
    const { pgCtl } = await openBinaries(findNativeFolder());
    await run(pgCtl, ['kill', signal.slice('SIG'.length), String(pid)]);
    return;
  }
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!isSystemError(error, 'ESRCH')) throw error;
  }
}
