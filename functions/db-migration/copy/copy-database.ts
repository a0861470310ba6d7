import type pg from 'pg';
import { quoteName, unsupportedContent, userSequences, userTables } from '../backups/user-objects.ts';
import type { Clock } from '../clock.ts';
import type { Connections } from '../connections.ts';
import { ensureControlSchema } from '../control/control-schema.ts';
import { withDatabaseLock } from '../control/database-lock.ts';
import { FunctionError } from '../function-error.ts';
import { schemaHash } from '../schema/canonical-schema.ts';
import { dumpSchema } from '../schema/pg-dump.ts';
import { planPostData, type PostData } from '../schema/plan-post-data.ts';
import { inTransaction, resetSession, withSession } from '../session.ts';
import { addForeignKeys } from './add-foreign-keys.ts';
import type { Forwarded } from './forward-rows.ts';
import { LoadSchedule } from './load-schedule.ts';
import { loadTables } from './load-tables.ts';
import { planChunks } from './plan-chunks.ts';
import { readIndexCosts, readIndexedConstraints, type IndexCost } from './read-indexes.ts';
import { readTables, type SourceTable } from './read-tables.ts';
import {
  beginTransfer,
  chunksLeft,
  createTransferTables,
  enterPhase,
  readTransfer,
  type TransferRecord,
} from './transfer-record.ts';

export interface CopyParts {
  readonly connections: Connections;
  readonly clock: Clock;
  /** The longest that a call waits for another one on the same target. */
  readonly busyWaitSeconds: number;
}

export interface CopyOrder {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** How many sessions of each side work at once. */
  readonly sessions: number;
  /** Tables that are larger are cut. */
  readonly chunkBytes: number;
  readonly stallSeconds: number;
  /** Aborted when time is up: what is done stays done. */
  readonly signal: AbortSignal;
}

interface Snapshot {
  readonly name: string;
  readonly sourceVersion: number;
  readonly tables: readonly SourceTable[];
  readonly postData: PostData;
  readonly indexCosts: readonly IndexCost[];
  readonly schemaHash: string;
}

/** The first version that finds a range of pages without reading the others. */
const rangeScans = 14;

/**
 * Copies everything of a database into an empty one. Call it again with the same id after whatever has interrupted it: what is
 * done stays done.
 * @returns what this call copied.
 * @throws FunctionError `database-not-empty`, `schema-changed`, `copy-refused`, and what either database refuses
 */
export async function copyDatabase({ connections, clock, busyWaitSeconds }: CopyParts, order: CopyOrder): Promise<Forwarded> {
  return withSession(connections, order.target, (target) =>
    withDatabaseLock(target, { clock, waitSeconds: busyWaitSeconds, signal: order.signal }, () =>
      withSession(connections, order.source, (source) =>
        inTransaction(source, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', async () => {
          const snapshot = await takeSnapshot(connections, source, order.source);
          const record =
            (await readTransfer(target, order.id)) ?? (await prepareTarget(connections, target, snapshot, order));
          requireSame(record, snapshot, order);
          return finishFrom(connections, { source, target }, record, snapshot, order);
        }),
      ),
    ),
  );
}

async function takeSnapshot(connections: Connections, session: pg.Client, database: string): Promise<Snapshot> {
  const { rows } = await session.query<{ name: string; version: number }>(
    `SELECT pg_export_snapshot() AS name, current_setting('server_version_num')::int / 10000 AS version`,
  );
  const [{ name, version } = { name: '', version: 0 }] = rows;
  const refused = await unsupportedContent(session);
  if (refused.length > 0) {
    throw new FunctionError('copy-refused', `What cannot be carried: ${refused.join(', ')}. Nothing was begun.`);
  }
  const tables = await readTables(session);
  const constraints = await readIndexedConstraints(session);
  const postData = await dumpSchema(connections, database, { section: 'post-data', snapshot: name });
  const preData = await dumpSchema(connections, database, { section: 'pre-data', snapshot: name });
  return {
    name,
    sourceVersion: version,
    tables,
    postData: planPostData(postData, tables, constraints),
    indexCosts: await readIndexCosts(session),
    schemaHash: schemaHash(preData + postData),
  };
}

/** Makes tables without indexes, and writes down what is to be copied into them: both, or nothing. */
async function prepareTarget(
  connections: Connections,
  target: pg.Client,
  { name, tables, indexCosts, sourceVersion, schemaHash: hash }: Snapshot,
  { id, source, target: database, chunkBytes }: CopyOrder,
): Promise<TransferRecord> {
  const there = await userTables(target);
  if (there.length > 0) {
    throw new FunctionError(
      'database-not-empty',
      `Database "${database}" has ${String(there.length)} tables already, such as ${there.slice(0, 3).map(quoteName).join(', ')}. Nothing was changed: give an empty one.`,
    );
  }
  await ensureControlSchema(target);
  const preData = await dumpSchema(connections, source, { section: 'pre-data', snapshot: name });
  const record = { id, source, schemaHash: hash, phase: 'rows' } as const;
  const costsOf = Map.groupBy(indexCosts, ({ table }) => table);
  const sizes = tables.map((table) => {
    const indexCost = (costsOf.get(table.oid) ?? []).reduce((sum, { cost }) => sum + cost, 0);
    return { ...table, indexCost };
  });
  const chunks = planChunks(sizes, chunkBytes, sourceVersion >= rangeScans);
  try {
    await inTransaction(target, 'BEGIN', async () => {
      await createTransferTables(target);
      await beginTransfer(target, record, chunks);
      await target.query(preData);
    });
  } finally {
    await resetSession(target);
  }
  return record;
}

function requireSame(record: TransferRecord, { schemaHash: hash }: Snapshot, { id, source }: CopyOrder): void {
  if (record.source !== source) {
    throw new FunctionError('key-reused', `${id} copies database "${record.source}", not "${source}".`);
  }
  if (record.schemaHash === hash) return;
  throw new FunctionError(
    'schema-changed',
    `The schema of "${source}" has changed since ${id} began. Nothing more was copied: begin anew with another id and an empty database.`,
  );
}

/** Goes through the phases that are left. */
async function finishFrom(
  connections: Connections,
  { source, target }: { readonly source: pg.Client; readonly target: pg.Client },
  record: TransferRecord,
  snapshot: Snapshot,
  order: CopyOrder,
): Promise<Forwarded> {
  let copied: Forwarded = { rows: 0, bytes: 0 };
  let { phase } = record;
  if (phase === 'rows') {
    copied = await copyRows(connections, target, snapshot, order);
    phase = 'foreign-keys';
    await inTransaction(target, 'BEGIN', async () => {
      for (const statement of snapshot.postData.before) await target.query(statement);
      await setSequences(source, target);
      await enterPhase(target, order.id, 'foreign-keys');
    });
    await resetSession(target);
  }
  if (phase === 'foreign-keys') {
    await addForeignKeys(connections, snapshot.postData.foreignKeys, order);
    phase = 'statistics';
    await inTransaction(target, 'BEGIN', async () => {
      for (const statement of snapshot.postData.after) await target.query(statement);
      await enterPhase(target, order.id, 'statistics');
    });
    await resetSession(target);
  }
  if (phase === 'statistics') {
    await target.query('ANALYZE');
    await enterPhase(target, order.id, 'done');
  }
  return copied;
}

async function copyRows(
  connections: Connections,
  target: pg.Client,
  snapshot: Snapshot,
  order: CopyOrder,
): Promise<Forwarded> {
  const { tables, postData, indexCosts } = snapshot;
  const costOf = new Map(indexCosts.map((index) => [quoteName(index), index.cost]));
  const oidOf = new Map(tables.map((table) => [quoteName(table), table.oid]));
  const builds = postData.builds.map((build) => ({
    table: oidOf.get(quoteName(build.table)) ?? 0,
    cost: costOf.get(quoteName({ schema: build.table.schema, name: build.name })) ?? 0,
    build,
  }));
  const schedule = new LoadSchedule(
    tables.map(({ oid }) => oid),
    await chunksLeft(target, order.id),
    builds,
    order.sessions,
  );
  const { rows } = await target.query<{ version: number }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS version`,
  );
  return loadTables(connections, schedule, {
    ...order,
    transfer: order.id,
    snapshot: snapshot.name,
    tables: new Map(tables.map((table) => [table.oid, table])),
    isSameVersion: rows[0]?.version === snapshot.sourceVersion,
  });
}

/** Values of sequences are in no transaction; those of the source may be ahead of its rows, never behind. */
async function setSequences(source: pg.Client, target: pg.Client): Promise<void> {
  for (const sequence of await userSequences(source)) {
    const { rows } = await source.query<{ lastValue: string; isCalled: boolean }>(
      `SELECT last_value::text AS "lastValue", is_called AS "isCalled" FROM ${quoteName(sequence)}`,
    );
    for (const { lastValue, isCalled } of rows) {
      await target.query('SELECT setval($1::regclass, $2::bigint, $3)', [quoteName(sequence), lastValue, isCalled]);
    }
  }
}
