import { describeSeconds } from '../../../engine/contract/describe-seconds.ts';
import pg from 'pg';
import type {
  ContentsRequest,
  ContentsResponse,
  TableContents,
} from '../../../engine/contract/database-function-api.ts';
import type { CallContext } from '../context.ts';
import { useCopySettings } from '../backups/copy-settings.ts';
import { quoteName } from '../backups/user-objects.ts';
import { sqlStateOf } from '../function-error.ts';
import { inTransaction, withSession } from '../session.ts';
import { findTable, type FoundTable } from './find-table.ts';

const queryCancelled = '57014';
const insufficientPrivilege = '42501';

/**
 * Counts the rows of tables and sums them up, inside the server and under one snapshot. Nothing is written, and each
 * table has its time; one that cannot be read in it is said to be so, and the others are read all the same.
 */
export async function readContents(
  { connections, readTimeoutSeconds }: CallContext,
  database: string,
  { tables }: ContentsRequest,
): Promise<ContentsResponse> {
  return withSession(connections, database, (session) =>
    inTransaction(session, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', async () => {
      // Before the settings, which take the search path away that unqualified names are found in.
      const found: (FoundTable | undefined)[] = [];
      for (const table of tables) found.push(await findTable(session, table));
      await useCopySettings(session);
      await session.query("SELECT set_config('statement_timeout', $1, true)", [`${String(readTimeoutSeconds)}s`]);
      const answers: TableContents[] = [];
      for (const [index, table] of tables.entries()) {
        answers.push(await contentsOf(session, table, found[index], readTimeoutSeconds));
      }
      return { tables: answers };
    }),
  );
}

async function contentsOf(
  session: pg.Client,
  table: string,
  found: FoundTable | undefined,
  readTimeoutSeconds: number,
): Promise<TableContents> {
  if (found === undefined) return { kind: 'missing', table };
  await session.query('SAVEPOINT one_table');
  try {
    return { kind: 'read', table, columns: [...found.columns], ...(await sumUp(session, found)) };
  } catch (error) {
    const why = whyUnreadable(error, readTimeoutSeconds);
    if (why === undefined) throw error;
    await session.query('ROLLBACK TO SAVEPOINT one_table');
    return { kind: 'unreadable', table, why };
  }
}

/**
 * Each row's SHA-256, of which two times 64 bits are added up: the order of rows does not matter, and one that is there
 * twice counts twice. Columns stand in the order of their names, so that the order in which they were made does not
 * matter either.
 */
async function sumUp(session: pg.Client, table: FoundTable): Promise<{ rows: number; checksum: string }> {
  const row = `ROW(${table.columns.map((column) => `t.${pg.escapeIdentifier(column)}`).join(', ')})`;
  const half = (from: number): string =>
    `coalesce(sum((('x' || encode(substr(h, ${String(from)}, 8), 'hex'))::bit(64)::bigint)::numeric), 0)::text`;
  const { rows } = await session.query<{ rows: string; first: string; second: string }>(
    `SELECT count(*)::text AS rows, ${half(1)} AS first, ${half(9)} AS second
     FROM (SELECT sha256(convert_to(${row}::text, 'UTF8')) AS h FROM ${quoteName(table)} t) hashed`,
  );
  const [{ rows: count, first, second } = { rows: '0', first: '0', second: '0' }] = rows;
  return { rows: Number(count), checksum: `${hexadecimal(first)}${hexadecimal(second)}` };
}

function hexadecimal(sum: string): string {
  return BigInt.asUintN(64, BigInt(sum)).toString(16).padStart(16, '0');
}

/** Why a table alone could not be read; undefined when the session is what failed. */
function whyUnreadable(error: unknown, readTimeoutSeconds: number): string | undefined {
  const state = sqlStateOf(error);
  switch (state) {
    case queryCancelled:
      return `it did not answer within ${describeSeconds(readTimeoutSeconds)} (READ_TIMEOUT_SECONDS)`;
    case insufficientPrivilege:
      return error instanceof Error ? error.message : 'this login may not read it';
    default:
      return undefined;
  }
}
