import type pg from 'pg';
import type { Forwarded } from './forward-rows.ts';
import type { Chunk } from './plan-chunks.ts';

/** What has been done of copying a database; each is begun once the one before is over. */
export const transferPhases = ['rows', 'foreign-keys', 'statistics', 'done'] as const;
export type TransferPhase = (typeof transferPhases)[number];

export interface TransferRecord {
  readonly id: string;
  readonly source: string;
  /** Of the source's schema; another one means that somebody has changed it since. */
  readonly schemaHash: string;
  readonly phase: TransferPhase;
}

const TABLES = [
  `CREATE TABLE IF NOT EXISTS promotion_control.transfer (
     id text PRIMARY KEY,
     source text NOT NULL,
     schema_hash text NOT NULL,
     phase text NOT NULL,
     started_at timestamptz NOT NULL DEFAULT clock_timestamp()
   )`,
  `CREATE TABLE IF NOT EXISTS promotion_control.transfer_chunk (
     transfer_id text NOT NULL REFERENCES promotion_control.transfer (id),
     table_oid bigint NOT NULL,
     from_page bigint NOT NULL,
     to_page bigint,
     is_whole boolean NOT NULL,
     position integer NOT NULL,
     expected_bytes bigint NOT NULL,
     rows bigint,
     bytes bigint,
     done_at timestamptz,
     PRIMARY KEY (transfer_id, table_oid, from_page)
   )`,
];

/** In the transaction that prepares a target. */
export async function createTransferTables(session: pg.Client): Promise<void> {
  for (const statement of TABLES) await session.query(statement);
}

/** With what is to be copied: a later run cuts nothing anew. */
export async function beginTransfer(
  session: pg.Client,
  { id, source, schemaHash, phase }: TransferRecord,
  chunks: readonly Chunk[],
): Promise<void> {
  await session.query(
    'INSERT INTO promotion_control.transfer (id, source, schema_hash, phase) VALUES ($1, $2, $3, $4)',
    [id, source, schemaHash, phase],
  );
  await session.query(
    `INSERT INTO promotion_control.transfer_chunk
       (transfer_id, table_oid, from_page, to_page, is_whole, position, expected_bytes)
     SELECT $1, c.* FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::boolean[], $6::int[], $7::bigint[])
       AS c (table_oid, from_page, to_page, is_whole, position, expected_bytes)`,
    [
      id,
      chunks.map(({ table }) => table),
      chunks.map(({ pages }) => pages?.from ?? 0),
      chunks.map(({ pages }) => pages?.to ?? null),
      chunks.map(({ pages }) => pages === undefined),
      chunks.map((_, index) => index),
      chunks.map(({ bytes }) => bytes),
    ],
  );
}

/** Undefined: it was never begun in this database. */
export async function readTransfer(session: pg.Client, id: string): Promise<TransferRecord | undefined> {
  const { rows: tables } = await session.query<{ isThere: boolean }>(
    `SELECT to_regclass('promotion_control.transfer') IS NOT NULL AS "isThere"`,
  );
  if (tables[0]?.isThere !== true) return undefined;
  const { rows } = await session.query<TransferRecord>(
    'SELECT id, source, schema_hash AS "schemaHash", phase FROM promotion_control.transfer WHERE id = $1',
    [id],
  );
  return rows[0];
}

interface ChunkRow {
  readonly table_oid: string;
  readonly from_page: string;
  readonly to_page: string | null;
  readonly is_whole: boolean;
  readonly expected_bytes: string;
}

/** What is not copied yet, in order. */
export async function chunksLeft(session: pg.Client, transfer: string): Promise<readonly Chunk[]> {
  const { rows } = await session.query<ChunkRow>(
    `SELECT table_oid, from_page, to_page, is_whole, expected_bytes FROM promotion_control.transfer_chunk
     WHERE transfer_id = $1 AND done_at IS NULL ORDER BY position`,
    [transfer],
  );
  return rows.map((row) => ({
    table: Number(row.table_oid),
    pages: row.is_whole
      ? undefined
      : { from: Number(row.from_page), to: row.to_page === null ? undefined : Number(row.to_page) },
    bytes: Number(row.expected_bytes),
  }));
}

/** In the transaction that copied it. @throws Error when somebody else has copied it too. */
export async function recordChunk(
  session: pg.Client,
  transfer: string,
  { table, pages }: Chunk,
  { rows, bytes }: Forwarded,
): Promise<void> {
  const { rowCount } = await session.query(
    `UPDATE promotion_control.transfer_chunk SET rows = $4, bytes = $5, done_at = clock_timestamp()
     WHERE transfer_id = $1 AND table_oid = $2 AND from_page = $3 AND done_at IS NULL`,
    [transfer, table, pages?.from ?? 0, rows, bytes],
  );
  if (rowCount !== 1) throw new Error('A part of a table was copied twice');
}

export async function enterPhase(session: pg.Client, transfer: string, phase: TransferPhase): Promise<void> {
  await session.query('UPDATE promotion_control.transfer SET phase = $2 WHERE id = $1', [transfer, phase]);
}
