import { execFile } from 'node:child_process';
import { readFile, realpath } from 'node:fs/promises';
import { promisify } from 'node:util';

import pg from 'pg';

import { isProcessAlive } from '../../storage/process-liveness.ts';
import { isSystemError } from '../../storage/system-error.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { causeText } from '../../wording/cause-text.ts';

const run = promisify(execFile);
const answerTimeoutMilliseconds = 2000;

/** The one user, and the database that is there from the beginning. */
export const serverUser = 'promotion';
export const serverDatabase = 'postgres';
export const serverHost = '127.0.0.1';

export type ServerState =
  /** No server runs, and none left a trace. */
  | { readonly kind: 'stopped' }
  /** No server runs; one that was killed left its process file. The process of that id, if any, is another program. */
  | { readonly kind: 'stale' }
  /** The process is there and does not answer: it starts, recovers, stops, or is stuck. */
  | { readonly kind: 'busy'; readonly pid: number; readonly reason: string }
  /** It answers, but not to our password. */
  | { readonly kind: 'locked'; readonly pid: number; readonly port: number }
  | { readonly kind: 'running'; readonly pid: number; readonly port: number; readonly version: string };

/** Finds out whether the server of this data directory runs, and nothing else that has its process id or port. */
export async function readServerState(dataDirectory: string, password: string | undefined): Promise<ServerState> {
  const file = await readPostmasterFile(dataDirectory);
  if (file === undefined) return { kind: 'stopped' };
  if (file === 'damaged' || !(await isProcessAlive(file.pid))) return { kind: 'stale' };

  // Before anything is said to the port: whoever listens there could ask for the password in clear text.
  const isOurs = await servesDirectory(file.pid, dataDirectory);
  if (isOurs === 'no') return { kind: 'stale' };
  const { pid, port } = file;
  if (port === undefined || !file.isReady) return { kind: 'busy', pid, reason: 'it is not ready yet' };
  const answer = await ask(port, password, dataDirectory);
  switch (answer.kind) {
    case 'ours':
      return { kind: 'running', pid, port, version: answer.version };
    case 'refused':
      return { kind: 'locked', pid, port };
    case 'other':
      return isOurs === 'yes' ? { kind: 'busy', pid, reason: answer.reason } : { kind: 'stale' };
  }
}

/** @throws nothing: whatever goes wrong is an answer too. */
async function ask(
  port: number,
  password: string | undefined,
  dataDirectory: string,
): Promise<
  | { readonly kind: 'ours'; readonly version: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'other'; readonly reason: string }
> {
  if (password === undefined) return { kind: 'refused' };
  const client = new pg.Client({
    host: serverHost,
    port,
    user: serverUser,
    password,
    database: serverDatabase,
    connectionTimeoutMillis: answerTimeoutMilliseconds,
    query_timeout: answerTimeoutMilliseconds,
  });
  // A connection that breaks outside of a query is reported by this event and would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ directory: string; version: string }>(
      `select current_setting('data_directory') as directory, current_setting('server_version') as version`,
    );
    const [row] = rows;
    if (!row || (await realpath(row.directory)) !== (await realpath(dataDirectory))) {
      return { kind: 'other', reason: `port ${String(port)} belongs to another server` };
    }
    return { kind: 'ours', version: row.version };
  } catch (error) {
    // invalid_password, invalid_authorization_specification
    if (isSystemError(error, '28P01', '28000')) return { kind: 'refused' };
    return { kind: 'other', reason: causeText(error) };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether a process is the Postgres that was started on this data directory, going by its command line. */
async function servesDirectory(pid: number, dataDirectory: string): Promise<'yes' | 'no' | 'unknown'> {
  switch (process.platform) {
    case 'linux':
      try {
        const words = (await readFile(`/proc/${String(pid)}/cmdline`, 'utf8')).split('\0');
        return words.includes(dataDirectory) ? 'yes' : 'no';
      } catch (error) {
        if (isSystemError(error, 'ENOENT', 'ESRCH')) return 'no';
        if (isSystemError(error, 'EACCES', 'EPERM')) return 'unknown';
        throw error;
      }
    case 'win32':
      return 'unknown';
    default:
      try {
        const { stdout } = await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]);
        return stdout.includes(` ${dataDirectory} `) ? 'yes' : 'no';
      } catch {
        // ps fails when there is no such process.
        return 'no';
      }
  }
}
