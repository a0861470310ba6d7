import { readFile } from 'node:fs/promises';
import {
  HttpDatabaseFunction,
  type HttpDatabaseFunctionOptions,
} from '../../engine/database/http-database-function.ts';
import type { LocalFolders } from './local-folders.ts';
import { readLocalRecord } from './local-record.ts';

/** How long whoever promotes waits for a local mode that is being started again. */
export const promotersPatienceSeconds = 120;

/**
 * The database-migration function of this machine, wherever local mode has started it last.
 * @param patienceSeconds how long calls wait for it while it is away. Default 0, for who only looks.
 */
export function localDatabaseFunction(folders: LocalFolders, patienceSeconds = 0): HttpDatabaseFunction {
  return databaseFunctionAt(folders, async () => (await readLocalRecord(folders))?.functionUrl, patienceSeconds);
}

/** The same at a known place. */
export function databaseFunctionAt(
  folders: LocalFolders,
  url: HttpDatabaseFunctionOptions['url'],
  patienceSeconds = 0,
): HttpDatabaseFunction {
  const callerToken = async () => (await readFile(folders.callerToken, 'utf8')).trim();
  return new HttpDatabaseFunction({ url, callerToken, patienceSeconds });
}
