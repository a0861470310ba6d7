import { stopEmbeddedPostgres } from '../../engine/store/embedded/embedded-postgres.ts';
import { LocalFolders } from './local-folders.ts';
import { stopLocalProcess } from './local-process.ts';

/** Stops everything that `npm start` left running; data stays, and the next start goes on with it. */
export async function stopLocal(): Promise<number> {
  const folders = new LocalFolders();
  const wasRunning = await stopLocalProcess(folders);
  const postgres = await stopEmbeddedPostgres({ directory: folders.postgres });
  process.stdout.write(
    wasRunning || postgres.wasRunning ? 'Stopped. npm start goes on where this was.\n' : 'Nothing was running here.\n',
  );
  return 0;
}
