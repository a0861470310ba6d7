import type pg from 'pg';
import type { CallContext } from '../context.ts';
import { ensureControlSchema } from '../control/control-schema.ts';
import { withDatabaseLock } from '../control/database-lock.ts';
import { withSession } from '../session.ts';

/** A session that alone may change the database, on which the control schema exists. */
export async function withChangeSession<T>(
  context: CallContext,
  database: string,
  work: (session: pg.Client) => Promise<T>,
): Promise<T> {
  return await withSession(context.connections, database, (session) =>
    withDatabaseLock(
      session,
      { clock: context.clock, waitSeconds: context.busyWaitSeconds, signal: context.signal },
      async () => {
        await ensureControlSchema(session);
        return await work(session);
      },
    ),
  );
}
