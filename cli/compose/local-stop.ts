import { stopEmbeddedPostgres } from '../../engine/store/embedded/embedded-postgres.ts';
import type { LocalOptions } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { writeJson } from '../json/write-json.ts';
import { LocalFolders } from './local-folders.ts';
import { stopLocalProcess } from './local-process.ts';

/** Stops everything that `npm start` left running; data stays, and the next start goes on with it. */
export async function stopLocal({ context: { terminal }, isJson }: LocalOptions): Promise<number> {
  const folders = new LocalFolders();
  const ranPlatform = await stopLocalProcess(folders);
  const postgres = await stopEmbeddedPostgres({ directory: folders.postgres });
  const wasRunning = ranPlatform || postgres.wasRunning;
  if (isJson) writeJson(terminal, { folder: folders.root, wasRunning });
  else terminal.write(wasRunning ? 'Stopped. npm start goes on where this was.\n' : 'Nothing was running here.\n');
  return exitCodes.ok;
}
