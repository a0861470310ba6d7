import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { BackupRequest, BackupResponse } from '../../../engine/contract/database-function-api.ts';
import { withChangeSession } from '../changes/change-session.ts';
import { fencedTransaction } from '../changes/fenced-transaction.ts';
import type { CallContext } from '../context.ts';
import { readApplied, schemaVersionOf } from '../control/applied-migration.ts';
import { beginEffect, finishEffect } from '../control/effect.ts';
import type { EffectRequest } from '../control/effect.ts';
import { FunctionError, fromDatabase } from '../function-error.ts';
import { dumpSchema } from '../schema/pg-dump.ts';
import { inTransaction } from '../session.ts';
import { backupIdOf, BackupWriter, readManifest, requireBackupsFolder } from './backup-folder.ts';
import { useCopySettings } from './copy-settings.ts';
import { filesOf } from './manifest.ts';
import type { BackupFile, BackupTable, Manifest } from './manifest.ts';
import { extensions, quoteName, unsupportedContent, userSchemas, userSequences, userTables } from './user-objects.ts';
import type { UserTable } from './user-objects.ts';

/**
 * Backs up every user schema of a database: definitions by pg_dump, rows by COPY, all under one snapshot, and what
 * the control schema says is applied. The control schema itself is not in it: a restore must not forget fences.
 */
export async function takeBackup(context: CallContext, request: BackupRequest): Promise<BackupResponse> {
  const folder = requireBackupsFolder(context.backupsFolder);
  const id = backupIdOf(request.database, request.key);
  const effect: EffectRequest = {
    operation: 'back-up',
    key: request.key,
    fence: request.fence,
    subject: { database: request.database },
  };
  return await withChangeSession(context, request.database, async (session) => {
    const begun = await fencedTransaction(session, context, effect.fence, () => beginEffect(session, effect, { id }));
    const existing = await readManifest(folder, id);
    if (existing === undefined && begun.value.finished) {
      throw new FunctionError(
        'unknown-backup',
        `Backup ${id} was taken under this key and has been removed since. To take another, use a new key.`,
      );
    }
    const manifest = existing ?? (await writeBackup(context, session, { folder, id, database: request.database }));
    if (!begun.value.finished) {
      await fencedTransaction(session, context, effect.fence, () => finishEffect(session, effect, { id }));
    }
    return summaryOf(manifest);
  });
}

function summaryOf(manifest: Manifest): BackupResponse {
  return {
    id: manifest.id,
    takenAt: manifest.takenAt,
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    bytes: filesOf(manifest).reduce((sum, file) => sum + file.bytes, 0),
    tables: manifest.tables.length,
    schemaVersion: manifest.schemaVersion,
  };
}

interface BackupTarget {
  readonly folder: string;
  readonly id: string;
  readonly database: string;
}

async function writeBackup(context: CallContext, session: pg.Client, target: BackupTarget): Promise<Manifest> {
  const writer = new BackupWriter(target.folder, target.id);
  try {
    await writer.prepare();
    const manifest = await inTransaction(session, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', () =>
      writeFiles(context, session, target, writer),
    );
    await writer.publish(manifest);
    return manifest;
  } catch (error) {
    await writer.discard();
    if (isFileError(error)) {
      throw new FunctionError(
        'storage-failed',
        `The backup could not be written to ${target.folder} (${error.code}): it must be in a folder with space left that this function may write into, which BACKUPS_DIR names. Then call again with the same key.`,
      );
    }
    throw fromDatabase(error, undefined, 'The backup was not taken');
  }
}

function isFileError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  return (
    'syscall' in error &&
    ['open', 'write', 'writev', 'fsync', 'mkdir', 'rename', 'close'].includes(String(error.syscall))
  );
}

async function writeFiles(
  context: CallContext,
  session: pg.Client,
  target: BackupTarget,
  writer: BackupWriter,
): Promise<Manifest> {
  const { snapshot, takenAt, serverVersion } = await exportSnapshot(session);
  await useCopySettings(session);
  const unsupported = await unsupportedContent(session);
  if (unsupported.length > 0) {
    throw new FunctionError(
      'backup-refused',
      `A restore could not put back: ${unsupported.join(', ')}. Move them elsewhere, or back up this database by other means.`,
    );
  }
  const dump = (section: 'pre-data' | 'post-data'): Promise<string> =>
    dumpSchema(context.connections, target.database, { section, snapshot });
  const preData = await writer.write('pre-data.sql', [await dump('pre-data')]);
  const postData = await writer.write('post-data.sql', [await dump('post-data')]);
  const tables: BackupTable[] = [];
  for (const table of await userTables(session)) {
    tables.push(await copyTable(session, table, writer, `data/${tables.length + 1}.copy`));
  }
  const migrations = await readApplied(session);
  return {
    formatVersion: 1,
    id: target.id,
    database: target.database,
    takenAt,
    serverVersion,
    schemaVersion: schemaVersionOf(migrations),
    schemas: [...(await userSchemas(session))],
    extensions: [...(await extensions(session))],
    preData,
    postData,
    tables,
    sequences: await readSequences(session),
    migrations: [...migrations],
  };
}

async function exportSnapshot(
  session: pg.Client,
): Promise<{ readonly snapshot: string; readonly takenAt: string; readonly serverVersion: string }> {
  const { rows } = await session.query<{ snapshot: string; takenAt: Date; serverVersion: string }>(
    `SELECT pg_export_snapshot() AS snapshot, clock_timestamp() AS "takenAt",
            current_setting('server_version') AS "serverVersion"`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('The server exported no snapshot');
  return { snapshot: row.snapshot, takenAt: row.takenAt.toISOString(), serverVersion: row.serverVersion };
}

async function copyTable(
  session: pg.Client,
  table: UserTable,
  writer: BackupWriter,
  path: string,
): Promise<BackupTable> {
  const stream = session.query(copyTo(`COPY ${quoteName(table)} ${columnList(table.columns)} TO STDOUT`));
  let file: BackupFile;
  try {
    file = await writer.write(path, stream);
  } catch (error) {
    // Nobody reads the rest of the rows any more, so nothing behind them would ever be answered.
    session.connection.stream.destroy();
    throw error;
  }
  // The count comes in a message behind the last row; a query that has been answered is behind that.
  await session.query('SELECT 1');
  return { schema: table.schema, name: table.name, columns: [...table.columns], rows: stream.rowCount, file };
}

/** COPY takes no empty list; without one it copies all that can be copied, which is then nothing. */
export function columnList(columns: readonly string[]): string {
  return columns.length === 0 ? '' : `(${columns.map((column) => pg.escapeIdentifier(column)).join(', ')})`;
}

async function readSequences(session: pg.Client): Promise<Manifest['sequences']> {
  const sequences: Manifest['sequences'] = [];
  for (const sequence of await userSequences(session)) {
    const { rows } = await session.query<{ lastValue: string; isCalled: boolean }>(
      `SELECT last_value::text AS "lastValue", is_called AS "isCalled" FROM ${quoteName(sequence)}`,
    );
    const row = rows[0];
    if (row !== undefined) sequences.push({ ...sequence, ...row });
  }
  return sequences;
}
