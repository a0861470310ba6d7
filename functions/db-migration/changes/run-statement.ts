import type pg from 'pg';
import { fromDatabase, sqlStateOf } from '../function-error.ts';
import type { Statement } from './split-statements.ts';

/** Sends one statement by the extended protocol, in which the server itself refuses a second one in the same text. */
export async function runStatement(session: pg.Client, statement: Statement, label: string): Promise<void> {
  const query: pg.QueryConfig & { readonly queryMode: 'extended' } = { text: statement.text, queryMode: 'extended' };
  try {
    await session.query(query);
  } catch (error) {
    const state = sqlStateOf(error);
    // A lock that was not free is retried by whoever owns the transaction.
    if (state === '55P03' || state === '40P01') throw error;
    throw fromDatabase(error, statement.text, `Migration ${label}, line ${statement.line}`);
  }
}
