import type pg from 'pg';
import { fromDatabase, sqlStateOf } from '../function-error.ts';
import { leaveMark, type ProgressMark } from './progress-mark.ts';
import type { Statement } from './split-statements.ts';

/** Which statement of which migration it is. */
export interface StatementPlace extends ProgressMark {
  /** How the migration is called in messages. */
  readonly label: string;
}

/** Sends one statement by the extended protocol, in which the server itself refuses a second one in the same text. */
export async function runStatement(session: pg.Client, statement: Statement, place: StatementPlace): Promise<void> {
  await leaveMark(session, place);
  const query: pg.QueryConfig & { readonly queryMode: 'extended' } = { text: statement.text, queryMode: 'extended' };
  try {
    await session.query(query);
  } catch (error) {
    const state = sqlStateOf(error);
    // A lock that was not free is retried by whoever owns the transaction.
    if (state === '55P03' || state === '40P01') throw error;
    throw fromDatabase(error, statement.text, `Migration ${place.label}, line ${statement.line}`);
  }
}
