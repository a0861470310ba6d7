import type pg from 'pg';
import { quoteName } from '../backups/user-objects.ts';
import { columnList } from '../backups/take-backup.ts';
import { inTransaction } from '../session.ts';
import { forwardRows, type CopyStatements, type Forwarded, type ForwardOptions } from './forward-rows.ts';
import type { Chunk, PageRange } from './plan-chunks.ts';
import type { SourceTable } from './read-tables.ts';
import { recordChunk } from './transfer-record.ts';

/** A session of each side; what the source's reads is one snapshot from its beginning to its end. */
export interface SessionPair {
  readonly source: pg.Client;
  readonly target: pg.Client;
}

export interface ChunkOrder extends ForwardOptions {
  readonly transfer: string;
  readonly table: SourceTable;
  readonly chunk: Chunk;
  /** Whether both servers are of one major version, so that binary forms agree. */
  readonly isSameVersion: boolean;
}

/**
 * Copies a part of a table, in one transaction with the record that it is done. A table that is copied as a whole is emptied in
 * the same one: its rows are then frozen as they come, and need no vacuum that does it later.
 */
export async function copyChunk({ source, target }: SessionPair, order: ChunkOrder): Promise<Forwarded> {
  const statements = statementsOf(order);
  return inTransaction(target, 'BEGIN', async () => {
    if (order.chunk.pages === undefined) await target.query(`TRUNCATE ONLY ${quoteName(order.table)}`);
    const forwarded = await forwardRows(source, target, statements, order);
    await recordChunk(target, order.transfer, order.chunk, forwarded);
    return forwarded;
  });
}

function statementsOf({ table, chunk, isSameVersion }: ChunkOrder): CopyStatements {
  const columns = columnList(table.columns);
  const format = isSameVersion && table.isBinary ? ['FORMAT binary'] : [];
  const into = [...format, ...(chunk.pages === undefined ? ['FREEZE'] : [])];
  return {
    from: `COPY ${chunk.pages === undefined ? `${quoteName(table)} ${columns}` : `(${selectPages(table, chunk.pages)})`} TO STDOUT${inParentheses(format)}`,
    to: `COPY ${quoteName(table)} ${columns} FROM STDIN${inParentheses(into)}`,
  };
}

function selectPages(table: SourceTable, { from, to }: PageRange): string {
  const end = to === undefined ? '' : ` AND ctid < '(${String(to)},0)'`;
  const columns = columnList(table.columns).replace(/^\(|\)$/g, '');
  return `SELECT ${columns} FROM ONLY ${quoteName(table)} WHERE ctid >= '(${String(from)},0)'${end}`;
}

function inParentheses(options: readonly string[]): string {
  return options.length === 0 ? '' : ` (${options.join(', ')})`;
}
