import pg from 'pg';
import { healthy } from './health.ts';
import type { Check } from './health.ts';
import type { Log } from './log.ts';

export type Database = pg.Pool;

/** A small pool; a connection that breaks while idle is logged and replaced, not the end of the process. */
export function openDatabase(connectionString: string, service: string, log: Log): Database {
  const pool = new pg.Pool({
    connectionString,
    application_name: `shop-${service}`,
    max: 5,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 5_000,
  });
  pool.on('error', (error) => {
    log.error('database-connection-lost', error);
  });
  return pool;
}

export const databaseCheck = (database: Database): Check => ({
  name: 'database',
  run: async () => {
    await database.query('select 1');
    return healthy;
  },
});

/** Runs the work in one transaction; when this returns, it is committed. @throws what the work or the database threw. */
export async function inTransaction<T>(database: Database, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((rollbackError: unknown) => {
      broken = rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError));
    });
    throw error;
  } finally {
    // A client that cannot roll back is thrown away: the pool must not hand out its open transaction.
    client.release(broken);
  }
}
