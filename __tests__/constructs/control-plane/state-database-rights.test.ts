import { readdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { migrateSchema, readSchemaMigrations } from '../../../engine/store/postgres/migrate-schema.ts';
import { statementsForStateDatabase } from '../../package/shown-code.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';

const migrations = path.resolve(import.meta.dirname, '../../../engine/store/postgres/migrations');
const accounts = ['promotion-ui@shop-prod.iam', 'promotion-worker@shop-prod.iam', 'promotion-runner@shop-prod.iam'];

describe('the statements of docs/stacks.md for the state database', () => {
  let server: ScratchPostgres;
  let pools: pg.Pool[];

  function connect(user: string): pg.Pool {
    const url = new URL(server.url('promotion'));
    url.username = encodeURIComponent(user);
    const pool = new pg.Pool({ connectionString: url.href });
    pools.push(pool);
    return pool;
  }

  beforeAll(async () => {
    server = await startScratchPostgres();
    pools = [];
    // As Cloud SQL has it: whoever administers is no superuser and made none of the accounts.
    const setUp = new pg.Client({ connectionString: server.url('postgres') });
    await setUp.connect();
    const login = `login password ${pg.escapeLiteral(server.password)}`;
    await setUp.query('create role cloudsqlsuperuser createrole createdb');
    await setUp.query(`create role administrator createrole createdb in role cloudsqlsuperuser ${login}`);
    for (const account of accounts) await setUp.query(`create role ${pg.escapeIdentifier(account)} ${login}`);
    await setUp.query('create database promotion owner cloudsqlsuperuser');
    await setUp.end();
  });
  afterAll(async () => {
    for (const pool of pools) await pool.end();
    await server.stop();
  });

  it('let one account make the schema, and every other change it, where nobody may before', async () => {
    const known = await readSchemaMigrations(migrations);
    expect(known).toHaveLength((await readdir(migrations)).length);
    const [first = '', ...others] = accounts;
    await expect(migrateSchema(connect(first), known)).rejects.toThrow('permission denied for schema public');
    await connect('administrator').query(await statementsForStateDatabase());
    await migrateSchema(connect(first), known);
    for (const other of others) {
      const pool = connect(other);
      await migrateSchema(pool, known);
      await pool.query('alter table promotion add column try int');
      await pool.query('alter table promotion drop column try');
    }
    const { rows } = await connect(first).query<{ tableowner: string }>(
      "select distinct tableowner from pg_tables where schemaname = 'public'",
    );
    expect(rows).toEqual([{ tableowner: 'promotion' }]);
  });

  it('leave whoever administers able to connect', async () => {
    const { rows } = await connect('administrator').query<{ name: string }>('select current_user as name');
    expect(rows).toEqual([{ name: 'administrator' }]);
  });
});
