import { jest } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { connectStore } from '../../../../engine/store/postgres/connect.ts';
import {
  migrateSchema,
  readSchemaMigrations,
  SchemaTooNewError,
  type SchemaMigration,
} from '../../../../engine/store/postgres/migrate-schema.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../../support/scratch-postgres.ts';

jest.setTimeout(60_000);

let server: ScratchPostgres;
let url: string;
let pool: Pool;

beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  url = await server.createDatabase();
  pool = new Pool({ connectionString: url, max: 10 });
});
afterEach(async () => {
  await pool.end();
});

const migration = (version: number, sql: string): SchemaMigration => ({
  version,
  name: `step_${String(version)}`,
  sql,
});
const first = migration(1, 'create table one (id int); insert into one values (1)');
const second = migration(2, 'create table two (id int)');

const applied = async (): Promise<readonly number[]> =>
  (await pool.query<{ version: number }>('select version from schema_migration order by version')).rows.map(
    (row) => row.version,
  );
const rowsOfOne = async (): Promise<number> => (await pool.query('select * from one')).rows.length;

describe('the schema of the engine', () => {
  it('is brought up to date once by any number of processes that start together', async () => {
    await Promise.all(Array.from({ length: 8 }, () => migrateSchema(pool, [first, second])));
    expect(await applied()).toEqual([1, 2]);
    expect(await rowsOfOne()).toBe(1);
  });

  it('gets only what it lacks', async () => {
    await migrateSchema(pool, [first]);
    await migrateSchema(pool, [first, second]);
    await migrateSchema(pool, [first, second]);
    expect(await applied()).toEqual([1, 2]);
    expect(await rowsOfOne()).toBe(1);
  });

  it('is left alone when a newer engine was here, which the message says', async () => {
    await migrateSchema(pool, [first, second]);
    await expect(migrateSchema(pool, [first])).rejects.toThrow(SchemaTooNewError);
    await expect(migrateSchema(pool, [first])).rejects.toThrow(/schema 2.*up to 1.*newer version/);
    expect(await applied()).toEqual([1, 2]);
  });

  it('is left alone when a migration that was applied has been edited since', async () => {
    await migrateSchema(pool, [first]);
    const edited = migration(1, `${first.sql}; insert into one values (2)`);
    await expect(migrateSchema(pool, [edited, second])).rejects.toThrow(
      'migration 1 (step_1) was changed after it was applied',
    );
    expect(await applied()).toEqual([1]);
  });

  it('keeps what was whole of a migration that fails, and can be brought up to date later', async () => {
    const broken = migration(2, 'create table two (id int); create table two (id int)');
    await expect(migrateSchema(pool, [first, broken])).rejects.toThrow('already exists');
    expect(await applied()).toEqual([1]);
    await migrateSchema(pool, [first, second]);
    expect(await applied()).toEqual([1, 2]);
  });

  it('is not waited for by a process that comes after one whose migration failed', async () => {
    const broken = migration(1, 'nonsense');
    await Promise.allSettled(Array.from({ length: 12 }, () => migrateSchema(pool, [broken])));
    await migrateSchema(pool, [first]);
    expect(await applied()).toEqual([1]);
  });
});

describe('connecting', () => {
  it('refuses a schema of a newer engine, and leaves no connection behind', async () => {
    const newer = migration(999, 'select 1');
    const known = await readSchemaMigrations(join(import.meta.dirname, '../../../../engine/store/postgres/migrations'));
    await migrateSchema(pool, [...known, newer]);
    await expect(connectStore({ url })).rejects.toThrow(SchemaTooNewError);
    // A server process ends a moment after its client has gone; one that is kept never does.
    for (let count = ''; count !== '0';) {
      const { rows } = await pool.query<{ count: string }>(
        `select count(*) from pg_stat_activity where application_name = 'promotion-process' and datname = current_database()`,
      );
      count = rows[0]?.count ?? '0';
    }
  });

  it('works for many processes that start on an empty database together', async () => {
    const connections = await Promise.all(
      Array.from({ length: 5 }, () => connectStore({ url, maximumConnections: 2 })),
    );
    await Promise.all(connections.map(({ store }, index) => store.createApplication(`app-${String(index)}`)));
    await Promise.all(connections.map(({ close }) => close()));
    expect((await pool.query('select * from application')).rows).toHaveLength(5);
  });
});

describe('the tables of the engine', () => {
  it('find by an index what belongs to a promotion, which is removed with it', async () => {
    const { close } = await connectStore({ url });
    await close();
    const { rows } = await pool.query(
      `select c.conrelid::regclass::text as "table", a.attname as "column"
       from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
       where c.contype = 'f' and c.confrelid = 'promotion'::regclass and not exists (
         select 1 from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1]
       )`,
    );
    expect(rows).toEqual([]);
  });
});

describe('the migration files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'schema-migrations-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  const write = (name: string) => writeFile(join(folder, name), `-- ${name}`);

  it('are read in their order, and nothing else beside them', async () => {
    await Promise.all(['002_more.sql', '001_begin.sql', 'README.md', '3_odd.sql'].map(write));
    expect(await readSchemaMigrations(folder)).toEqual([
      { version: 1, name: 'begin', sql: '-- 001_begin.sql' },
      { version: 2, name: 'more', sql: '-- 002_more.sql' },
    ]);
  });

  it.each([
    ['a gap', ['001_a.sql', '003_c.sql']],
    ['a number twice', ['001_a.sql', '001_b.sql']],
    ['no first', ['002_b.sql']],
  ])('are refused with %s', async (_, names) => {
    await Promise.all(names.map(write));
    await expect(readSchemaMigrations(folder)).rejects.toThrow(/migration \d is missing or double/);
  });
});
