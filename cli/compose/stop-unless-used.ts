import { Client } from 'pg';
import { stopEmbeddedPostgres } from '../../engine/store/embedded/embedded-postgres.ts';
import { isServedHere } from './examine-local.ts';
import type { LocalFolders } from './local-folders.ts';

/**
 * Ends the server that a command started to look at an installation that was stopped: what nobody left running does not
 * run on. It stays where local mode was never started (its next command would start it again), where the platform runs by
 * now, and while somebody else is connected.
 * @param url the database of the server, to which this process has no other connection any more.
 * @returns whether it was ended.
 */
export async function stopUnlessUsed(folders: LocalFolders, url: string): Promise<boolean> {
  if (await isServedHere(folders)) return false;
  if (await isSomebodyConnected(url)) return false;
  return (await stopEmbeddedPostgres({ directory: folders.postgres })).wasRunning;
}

async function isSomebodyConnected(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ others: boolean }>(
      `select exists (select 1 from pg_stat_activity
         where backend_type = 'client backend' and pid <> pg_backend_pid()) as others`,
    );
    return rows[0]?.others !== false;
  } finally {
    await client.end();
  }
}
