import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { HealthResponse } from '../../../engine/contract/database-function-api.ts';
import { userSchemas } from '../backups/user-objects.ts';
import type { CallContext } from '../context.ts';
import { readApplied, schemaVersionOf } from '../control/applied-migration.ts';
import { sqlStateOf } from '../function-error.ts';
import { withSession } from '../session.ts';

/** Whether the database answers, how fast, and which tables it has; writes nothing and reads no rows. */
export async function readHealth({ connections, clock }: CallContext, database: string): Promise<HealthResponse> {
  const began = clock.elapsedMs();
  return withSession(connections, database, async (session) => {
    const connected = clock.elapsedMs();
    await session.query('SELECT 1');
    const answered = clock.elapsedMs();
    const identity = await identityOf(session);
    const applied = await readApplied(session);
    return {
      connectMs: connected - began,
      queryMs: answered - connected,
      sizeBytes: await sizeOf(session),
      schemaVersion: schemaVersionOf(applied),
      unfinished: applied.filter(({ finishedAt }) => finishedAt === null).map(({ version }) => version),
      ...(identity === undefined ? {} : { identity }),
      tables: await tablesOf(session),
    };
  });
}

async function sizeOf(session: pg.Client): Promise<number> {
  const { rows } = await session.query<{ bytes: string }>(
    'SELECT pg_catalog.pg_database_size(pg_catalog.current_database())::text AS bytes',
  );
  return Number(rows[0]?.bytes);
}

/** Two names may lead to one database; its server's identifier and its own number there tell. */
async function identityOf(session: pg.Client): Promise<string | undefined> {
  try {
    const { rows } = await session.query<{ identity: string }>(
      `SELECT s.system_identifier::text || '/' || d.oid::text AS identity
       FROM pg_catalog.pg_control_system() s, pg_catalog.pg_database d
       WHERE d.datname = pg_catalog.current_database()`,
    );
    const identity = rows[0]?.identity;
    return identity === undefined ? undefined : createHash('sha256').update(identity).digest('hex');
  } catch (error) {
    // Some servers do not let everybody ask.
    if (sqlStateOf(error) !== '42501') throw error;
    return undefined;
  }
}

async function tablesOf(session: pg.Client): Promise<HealthResponse['tables']> {
  const { rows } = await session.query<HealthResponse['tables'][number]>(
    `SELECT n.nspname::text AS schema, c.relname::text AS name,
            (SELECT count(*)::int FROM pg_catalog.pg_attribute a
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
            EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indisprimary) AS "hasPrimaryKey",
            pg_catalog.pg_table_is_visible(c.oid) AS "isInSearchPath",
            pg_catalog.has_schema_privilege(n.oid, 'USAGE')
              AND pg_catalog.has_table_privilege(c.oid, 'SELECT') AS "isReadable"
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence IN ('p', 'u')
       AND n.nspname = ANY ($1::text[])
     ORDER BY 1, 2`,
    [await userSchemas(session)],
  );
  return rows;
}
