import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isProcessAlive } from '../../engine/storage/process-liveness.ts';
import type { LocalFolders } from './local-folders.ts';
import { readLocalRecord, type LocalRecord } from './local-record.ts';
import { ownProgram } from './own-program.ts';

const startTimeoutMs = 30_000;
const stopTimeoutMs = 20_000;
const pollMs = 50;

/** What runs now, or undefined. */
export async function runningLocal(folders: LocalFolders): Promise<LocalRecord | undefined> {
  const record = await readLocalRecord(folders);
  return record !== undefined && (await isProcessAlive(record.pid)) ? record : undefined;
}

/** Starts the process behind local mode, which outlives this one, and waits until it answers. */
export async function startLocalProcess(
  folders: LocalFolders,
  rulesFile: string,
  application: string,
): Promise<LocalRecord> {
  const log = openSync(folders.log, 'a', 0o600);
  const child = spawn(process.execPath, [ownProgram, 'local', 'serve'], {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, PROMOTION_HOME: folders.root, PROMOTE_RULES: rulesFile, PROMOTE_APPLICATION: application },
  });
  closeSync(log);
  child.unref();
  for (let waitedMs = 0; waitedMs < startTimeoutMs; waitedMs += pollMs) {
    const record = await readLocalRecord(folders);
    if (record !== undefined && record.pid === child.pid) return record;
    if (child.exitCode !== null) break;
    await pause(pollMs);
  }
  throw new Error(`the local platform did not start; ${folders.log} says why`);
}

/** @returns where the UI answers, empty where it does not; undefined: nobody says so in time. */
export async function untilUiIsKnown(folders: LocalFolders): Promise<string | undefined> {
  for (let waitedMs = 0; waitedMs < startTimeoutMs; waitedMs += pollMs) {
    const record = await runningLocal(folders);
    if (record === undefined || record.uiUrl !== undefined) return record?.uiUrl;
    await pause(pollMs);
  }
  return undefined;
}

/** @returns whether something was running. */
export async function stopLocalProcess(folders: LocalFolders): Promise<boolean> {
  const record = await runningLocal(folders);
  if (record === undefined) return false;
  process.kill(record.pid, 'SIGTERM');
  for (let waitedMs = 0; waitedMs < stopTimeoutMs; waitedMs += pollMs) {
    if (!(await isProcessAlive(record.pid))) return true;
    await pause(pollMs);
  }
  throw new Error(`process ${String(record.pid)} does not end; ${folders.log} says what it does`);
}
