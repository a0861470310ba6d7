import { readFile } from 'node:fs/promises';
import {
  HttpDatabaseFunction,
  type HttpDatabaseFunctionOptions,
} from '../../engine/database/http-database-function.ts';
import type { InstallationClock } from './local-clock.ts';
import type { LocalFolders } from './local-folders.ts';
import { readLocalRecord } from './local-record.ts';

/** How long whoever promotes waits for a local mode that is being started again. */
export const promotersPatienceSeconds = 120;

/**
 * The database-migration function of this machine, wherever local mode has started it last.
 * @param clock of the installation, which may have been moved; its databases are on this machine's.
 * @param patienceSeconds how long calls wait for it while it is away. Default 0, for who only looks.
 */
export function localDatabaseFunction(
  folders: LocalFolders,
  clock: Pick<InstallationClock, 'aheadSeconds'>,
  patienceSeconds = 0,
): HttpDatabaseFunction {
  const url = async () => (await readLocalRecord(folders))?.functionUrl;
  return databaseFunctionAt(folders, url, { patienceSeconds, aheadSeconds: () => clock.aheadSeconds });
}

/** The same at a known place. */
export function databaseFunctionAt(
  folders: LocalFolders,
  url: HttpDatabaseFunctionOptions['url'],
  options: Pick<HttpDatabaseFunctionOptions, 'patienceSeconds' | 'aheadSeconds'> = {},
): HttpDatabaseFunction {
  const callerToken = async () => (await readFile(folders.callerToken, 'utf8')).trim();
  return new HttpDatabaseFunction({ url, callerToken, ...options });
}
