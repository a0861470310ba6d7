import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { restoreResponseSchema } from '../../../engine/contract/database-function-api.ts';
import type { RestoreRequest, RestoreResponse } from '../../../engine/contract/database-function-api.ts';
import { withChangeSession } from '../changes/change-session.ts';
import { fencedTransaction } from '../changes/fenced-transaction.ts';
import type { CallContext } from '../context.ts';
import { replaceApplied } from '../control/applied-migration.ts';
import { beginEffect, finishEffect } from '../control/effect.ts';
import type { EffectRequest } from '../control/effect.ts';
import { FunctionError, fromDatabase, sqlStateOf } from '../function-error.ts';
import { backupFile, readManifest, requireBackupsFolder, verifyFiles } from './backup-folder.ts';
import { useCopySettings } from './copy-settings.ts';
import type { BackupTable, Manifest } from './manifest.ts';
import { columnList } from './take-backup.ts';
import { dropUserObjects } from './drop-user-objects.ts';
import { quoteName } from './user-objects.ts';

/**
 * Puts a backup's definitions, rows and record of applied migrations back, in one transaction: until it commits,
 * everybody sees what was there before, and when it fails, that is what stays. Fences and effects are kept.
 */
export async function restoreBackup(context: CallContext, request: RestoreRequest): Promise<RestoreResponse> {
  const folder = requireBackupsFolder(context.backupsFolder);
  const effect: EffectRequest = {
    operation: 'restore',
    key: request.key,
    fence: request.fence,
    subject: { backupId: request.backupId },
  };
  return await withChangeSession(context, request.database, async (session) => {
    const begun = await fencedTransaction(session, context, effect.fence, () =>
      beginEffect(session, effect, { rows: 0 }),
    );
    if (begun.value.finished) return restoreResponseSchema.parse(begun.value.result);
    const manifest = await verifiedManifest(folder, request);
    const result = { rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0) };
    await fencedTransaction(session, context, effect.fence, async () => {
      try {
        await putBack(session, folder, manifest);
      } catch (error) {
        if (sqlStateOf(error) === '55P03' || sqlStateOf(error) === '40P01') throw error;
        throw fromDatabase(error, undefined, 'The backup was not restored, and nothing was changed');
      }
      await finishEffect(session, effect, result);
    });
    return result;
  });
}

async function verifiedManifest(folder: string, request: RestoreRequest): Promise<Manifest> {
  const manifest = await readManifest(folder, request.backupId);
  if (manifest === undefined) {
    throw new FunctionError('unknown-backup', `There is no backup ${request.backupId}.`);
  }
  if (manifest.database !== request.database) {
    throw new FunctionError(
      'backup-refused',
      `Backup ${manifest.id} is of database "${manifest.database}", not of "${request.database}".`,
    );
  }
  await verifyFiles(folder, manifest);
  return manifest;
}

async function putBack(session: pg.Client, folder: string, manifest: Manifest): Promise<void> {
  await useCopySettings(session);
  await dropUserObjects(session, manifest.extensions);
  await session.query(await readFile(backupFile(folder, manifest, manifest.preData), 'utf8'));
  for (const table of manifest.tables) await fillTable(session, folder, manifest, table);
  for (const { lastValue, isCalled, ...sequence } of manifest.sequences) {
    await session.query('SELECT setval($1::regclass, $2::bigint, $3)', [quoteName(sequence), lastValue, isCalled]);
  }
  await session.query(await readFile(backupFile(folder, manifest, manifest.postData), 'utf8'));
  for (const table of manifest.tables) {
    await verifyCount(session, table);
    await session.query(`ANALYZE ${quoteName(table)}`);
  }
  await replaceApplied(session, manifest.migrations);
}

async function fillTable(session: pg.Client, folder: string, manifest: Manifest, table: BackupTable): Promise<void> {
  const target = session.query(copyFrom(`COPY ${quoteName(table)} ${columnList(table.columns)} FROM STDIN`));
  await pipeline(createReadStream(backupFile(folder, manifest, table.file)), target);
}

async function verifyCount(session: pg.Client, table: BackupTable): Promise<void> {
  const { rows } = await session.query<{ count: string }>(`SELECT count(*) AS count FROM ONLY ${quoteName(table)}`);
  const count = Number(rows[0]?.count);
  if (count === table.rows) return;
  throw new FunctionError(
    'backup-damaged',
    `After restoring, ${quoteName(table)} would hold ${count} ${count === 1 ? 'row' : 'rows'} where the backup counted ${table.rows}. Nothing was changed.`,
  );
}
