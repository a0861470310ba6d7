import type pg from 'pg';
import { copySettings } from '../backups/copy-settings.ts';
import type { Connections } from '../connections.ts';
import { configureSession } from '../session.ts';
import type { SessionPair } from './copy-chunk.ts';

export interface PairOptions {
  readonly source: string;
  readonly target: string;
  /** An exported one, which all pairs read. */
  readonly snapshot: string;
}

/** Sorting an index in memory is what building one takes longest for. */
const indexMemory = '512MB';

/** A session of each side that copies under a snapshot. Whoever opens it closes it. */
export async function openPair(
  connections: Connections,
  { source: from, target: to, snapshot }: PairOptions,
): Promise<SessionPair> {
  const source = await connections.connect(from);
  try {
    const target = await connections.connect(to);
    try {
      await prepareSource(source, snapshot);
      await prepareTarget(target);
      return { source, target };
    } catch (error) {
      await close(target);
      throw error;
    }
  } catch (error) {
    await close(source);
    throw error;
  }
}

export async function closePair({ source, target }: SessionPair): Promise<void> {
  await Promise.all([close(source), close(target)]);
}

async function close(session: pg.Client): Promise<void> {
  await session.end().catch(() => undefined);
}

async function prepareSource(session: pg.Client, snapshot: string): Promise<void> {
  await configureSession(session);
  await pinCopySettings(session);
  await session.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  await session.query(`SET TRANSACTION SNAPSHOT '${snapshot.replaceAll("'", "''")}'`);
}

/** What is lost with a server that crashes is lost with the record that it was done. */
async function prepareTarget(session: pg.Client): Promise<void> {
  await configureSession(session);
  await pinCopySettings(session);
  await session.query(
    `SELECT set_config('synchronous_commit', 'off', false),
            set_config('maintenance_work_mem', $1, false),
            set_config('max_parallel_maintenance_workers', '0', false)`,
    [indexMemory],
  );
  await session.query(
    `SELECT set_config(name, 'lz4', false) FROM pg_catalog.pg_settings
     WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)`,
  );
}

async function pinCopySettings(session: pg.Client): Promise<void> {
  for (const [name, value] of copySettings) await session.query('SELECT set_config($1, $2, false)', [name, value]);
}
