import { randomUUID } from 'node:crypto';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ReadinessResponse } from '../../engine/contract/database-function-api.ts';
import { requireBackupsFolder } from './backups/backup-folder.ts';
import type { CallContext } from './context.ts';
import { FunctionError } from './function-error.ts';
import { withSession } from './session.ts';

/** Whether a backup of the database could be taken now: it answers, and what would be written has its place. */
export async function readReadiness(context: CallContext, database: string): Promise<ReadinessResponse> {
  const folder = requireBackupsFolder(context.backupsFolder);
  const databaseBytes = await withSession(context.connections, database, async (session) => {
    const { rows } = await session.query<{ bytes: string }>(
      'select pg_catalog.pg_database_size(pg_catalog.current_database()) as bytes',
    );
    return Number(rows[0]?.bytes ?? 0);
  });
  return { databaseBytes, freeBytes: await freeBytesAt(folder) };
}

async function freeBytesAt(folder: string): Promise<number> {
  const trial = path.join(folder, `.trial-${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(trial, '', { mode: 0o600, flag: 'wx' });
    await rm(trial);
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new FunctionError(
      'storage-failed',
      `Nothing can be written to the folder of backups, ${folder} (${code}): it must be a folder with space left that this function may write into. BACKUPS_DIR names it.`,
    );
  }
}
