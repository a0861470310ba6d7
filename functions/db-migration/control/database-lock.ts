import { describeSeconds } from '../../../engine/contract/describe-seconds.ts';
import type pg from 'pg';
import type { Clock } from '../clock.ts';
import { FunctionError } from '../function-error.ts';

/** Two numbers that name this function's advisory lock; Postgres keeps advisory locks per database. */
export const databaseLock = [0x50524f4d, 1] as const;
const POLL_MS = 200;

/**
 * Lets one operation at a time change a database. The lock belongs to the session, so it ends with the connection of a
 * process that dies. It is polled: a session that waited inside a statement would hold a snapshot, for which the
 * CREATE INDEX CONCURRENTLY of the lock's holder would wait in turn.
 * @throws FunctionError `database-busy` when it is not free within `waitSeconds`
 */
export async function withDatabaseLock<T>(
  session: pg.Client,
  options: { readonly clock: Clock; readonly waitSeconds: number; readonly signal: AbortSignal },
  work: () => Promise<T>,
): Promise<T> {
  const deadline = options.clock.elapsedMs() + options.waitSeconds * 1000;
  for (;;) {
    const { rows } = await session.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS taken', [
      ...databaseLock,
    ]);
    if (rows[0]?.taken === true) break;
    if (options.clock.elapsedMs() >= deadline) {
      throw new FunctionError(
        'database-busy',
        `Another operation is changing this database and was not finished after ${describeSeconds(options.waitSeconds)}. Call again with the same key.`,
      );
    }
    await options.clock.sleep(POLL_MS, options.signal);
  }
  try {
    return await work();
  } finally {
    // When the connection is gone, so is the lock.
    await session.query('SELECT pg_advisory_unlock($1, $2)', [...databaseLock]).catch(() => undefined);
  }
}
