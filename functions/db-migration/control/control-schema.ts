import type pg from 'pg';
import { inTransaction } from '../session.ts';

/** The schema in each target database that holds what this function must remember; never backed up or replaced. */
export const CONTROL_SCHEMA = 'promotion_control';

const TABLES = [
  `CREATE TABLE IF NOT EXISTS promotion_control.migration (
     version bigint PRIMARY KEY CHECK (version > 0),
     name text NOT NULL,
     kind text NOT NULL CHECK (kind IN ('expand', 'contract')),
     checksum text NOT NULL,
     promotion_key text NOT NULL,
     started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     finished_at timestamptz,
     statements_done integer NOT NULL DEFAULT 0,
     reverting_key text
   )`,
  `CREATE TABLE IF NOT EXISTS promotion_control.fence (
     only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
     highest bigint NOT NULL,
     raised_at timestamptz NOT NULL DEFAULT clock_timestamp()
   )`,
  `CREATE TABLE IF NOT EXISTS promotion_control.effect (
     operation text NOT NULL,
     key text NOT NULL,
     request_hash text NOT NULL,
     result jsonb NOT NULL,
     started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     finished_at timestamptz,
     PRIMARY KEY (operation, key)
   )`,
];

export async function hasControlSchema(session: pg.Client): Promise<boolean> {
  const { rows } = await session.query<{ complete: boolean }>(
    `SELECT bool_and(to_regclass('promotion_control.' || name) IS NOT NULL) AS complete
     FROM unnest(ARRAY['migration', 'fence', 'effect']) AS name`,
  );
  return rows[0]?.complete === true;
}

/** Call it holding the database's lock: two sessions creating one schema at once would fail each other. */
export async function ensureControlSchema(session: pg.Client): Promise<void> {
  if (await hasControlSchema(session)) return;
  await inTransaction(session, 'BEGIN', async () => {
    await session.query('CREATE SCHEMA IF NOT EXISTS promotion_control');
    for (const statement of TABLES) await session.query(statement);
  });
}
