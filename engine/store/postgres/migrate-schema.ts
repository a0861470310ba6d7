import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';

/** The database was migrated by a newer engine; this one must not touch it. */
export class SchemaTooNewError extends Error {
  override readonly name = 'SchemaTooNewError';
  constructor(found: number, known: number) {
    super(
      `The database has schema ${String(found)}, this engine knows up to ${String(known)}: it was written by a newer version. Install that version (or a newer one) here.`,
    );
  }
}

export interface SchemaMigration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

const fileName = /^(\d{3})_([a-z0-9_]+)\.sql$/;
/** Serialises migrating processes; any number that nothing else here uses. */
const advisoryLock = 7_205_759_403;

/** Reads the engine's own migrations, in order. @throws when numbers repeat or leave a gap. */
export async function readSchemaMigrations(folder: string): Promise<readonly SchemaMigration[]> {
  const names = (await readdir(folder)).filter((name) => fileName.test(name)).sort();
  const migrations = await Promise.all(
    names.map(async (name) => {
      const [, version, title] = fileName.exec(name) ?? [];
      return { version: Number(version), name: title ?? name, sql: await readFile(join(folder, name), 'utf8') };
    }),
  );
  for (const [index, migration] of migrations.entries()) {
    if (migration.version !== index + 1)
      throw new Error(`${folder}: migration ${String(index + 1)} is missing or double`);
  }
  return migrations;
}

function checksum(migration: SchemaMigration): string {
  return createHash('sha256').update(migration.sql).digest('hex');
}

/**
 * Brings the engine's schema up to date; processes that start together wait for one another.
 * @throws SchemaTooNewError when a newer engine was here; Error when an applied migration was edited since.
 */
export async function migrateSchema(pool: Pool, migrations: readonly SchemaMigration[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [advisoryLock]);
    await client.query(
      'create table if not exists schema_migration (version int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ version: number; checksum: string }>(
      'select version, checksum from schema_migration order by version',
    );
    const newest = rows.at(-1)?.version ?? 0;
    const known = migrations.at(-1)?.version ?? 0;
    if (newest > known) throw new SchemaTooNewError(newest, known);
    for (const migration of migrations) {
      const applied = rows.find((row) => row.version === migration.version);
      if (applied !== undefined) {
        if (applied.checksum !== checksum(migration)) {
          throw new Error(
            `migration ${String(migration.version)} (${migration.name}) was changed after it was applied`,
          );
        }
        continue;
      }
      await client.query('begin');
      await client.query(migration.sql);
      await client.query('insert into schema_migration (version, name, checksum) values ($1, $2, $3)', [
        migration.version,
        migration.name,
        checksum(migration),
      ]);
      await client.query('commit');
    }
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [advisoryLock]).catch(() => undefined);
    client.release();
  }
}
