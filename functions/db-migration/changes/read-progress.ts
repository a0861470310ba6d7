import type pg from 'pg';
import type { ProgressResponse } from '../../../engine/contract/database-function-api.ts';
import type { CallContext } from '../context.ts';
import { readApplied } from '../control/applied-migration.ts';
import { databaseLock } from '../control/database-lock.ts';
import { withSession } from '../session.ts';
import { readMark } from './progress-mark.ts';

/** What is applied, and which statement runs now; writes nothing and waits for nobody. */
export async function readProgress(context: CallContext, database: string): Promise<ProgressResponse> {
  return withSession(context.connections, database, async (session) => {
    const running = await runningStatement(session);
    const applied = (await readApplied(session)).filter(({ finishedAt }) => finishedAt !== null);
    return { applied: applied.map(({ version }) => version), running };
  });
}

interface Row {
  readonly name: string;
  readonly seconds: number;
  readonly waitsForLock: boolean;
  readonly done: string | null;
  readonly total: string | null;
}

/** Of the session that holds this function's lock: it alone changes the database. */
async function runningStatement(session: pg.Client): Promise<ProgressResponse['running']> {
  const { rows } = await session.query<Row>(
    `SELECT a.application_name AS name,
            greatest(0, extract(epoch FROM clock_timestamp() - a.query_start))::float8 AS seconds,
            coalesce(a.wait_event_type = 'Lock', false) AS "waitsForLock",
            i.blocks_done::text AS done, i.blocks_total::text AS total
     FROM pg_catalog.pg_locks l
     JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
     JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
     LEFT JOIN pg_catalog.pg_stat_progress_create_index i ON i.pid = l.pid
     WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid = $1::bigint::oid AND l.objid = $2::bigint::oid`,
    [...databaseLock],
  );
  const [row] = rows;
  const mark = readMark(row?.name ?? '');
  if (row === undefined || mark === undefined) return null;
  const total = Number(row.total ?? 0);
  return {
    ...mark,
    seconds: row.seconds,
    waitsForLock: row.waitsForLock,
    indexPercent: total > 0 ? Math.floor((Number(row.done ?? 0) / total) * 100) : null,
  };
}
