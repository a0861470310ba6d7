import type pg from 'pg';
import type { Connections } from './connections.ts';
import { fromDatabase } from './function-error.ts';

/**
 * Settings the work relies on, whatever the role's defaults are: statements are split by the standard rules for
 * strings, an index build may take its time, and a server notices within two seconds that this process is gone.
 */
const SETTINGS: readonly (readonly [string, string])[] = [
  ['standard_conforming_strings', 'on'],
  ['statement_timeout', '0'],
  ['idle_in_transaction_session_timeout', '0'],
  ['client_connection_check_interval', '2s'],
  ['application_name', 'promotion-db-migration'],
];

/** @throws FunctionError when the database cannot be reached */
export async function withSession<T>(
  connections: Connections,
  database: string,
  work: (session: pg.Client) => Promise<T>,
): Promise<T> {
  const session = await connections.connect(database);
  try {
    await configureSession(session);
    return await work(session);
  } catch (error) {
    throw fromDatabase(error);
  } finally {
    await session.end().catch(() => undefined);
  }
}

/** Undoes what a migration's SET statements left behind in the session; locks held by the session stay. */
export async function resetSession(session: pg.Client): Promise<void> {
  await session.query('RESET SESSION AUTHORIZATION');
  await session.query('RESET ALL');
  await configureSession(session);
}

/** Runs the work in one transaction and returns what it answered. */
export async function inTransaction<T>(session: pg.Client, begin: string, work: () => Promise<T>): Promise<T> {
  await session.query(begin);
  try {
    const result = await work();
    await session.query('COMMIT');
    return result;
  } catch (error) {
    await session.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Before anything else is asked in a session. */
export async function configureSession(session: pg.Client): Promise<void> {
  for (const [name, value] of SETTINGS) await session.query('SELECT set_config($1, $2, false)', [name, value]);
}
