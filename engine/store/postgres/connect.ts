import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { migrateSchema, readSchemaMigrations, type SchemaMigration } from './migrate-schema.ts';
import { PostgresStore } from './postgres-store.ts';
import type { EngineTables } from './tables.ts';

export interface StoreConnection {
  readonly store: PostgresStore;
  readonly close: () => Promise<void>;
}

export interface ConnectOptions {
  /** A Postgres connection URL. It holds a password: never log it. */
  readonly url: string;
  readonly maximumConnections?: number;
  /** Default: the migrations beside this file. */
  readonly migrations?: readonly SchemaMigration[];
  /** How far what counts as due is ahead of the database's clock, asked each time. Default: not at all. */
  readonly aheadSeconds?: () => number;
}

/** Opens the engine's database and brings its schema up to date. @throws SchemaTooNewError */
export async function connectStore(options: ConnectOptions): Promise<StoreConnection> {
  const pool = new Pool({
    connectionString: options.url,
    max: options.maximumConnections ?? 8,
    application_name: 'promotion-process',
    connectionTimeoutMillis: 10_000,
  });
  // An idle connection that the server closes is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  try {
    const migrations = options.migrations ?? (await readSchemaMigrations(`${import.meta.dirname}/migrations`));
    await migrateSchema(pool, migrations);
  } catch (error) {
    await pool.end().catch(() => undefined);
    throw error;
  }
  const db = new Kysely<EngineTables>({ dialect: new PostgresDialect({ pool }) });
  const store = new PostgresStore(pool, db, options.aheadSeconds);
  return {
    store,
    async close() {
      await store.close();
      await db.destroy();
      // Kysely ends only what it has used.
      if (!pool.ending) await pool.end();
    },
  };
}
