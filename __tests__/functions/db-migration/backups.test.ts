import { appendFile, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { jest } from '@jest/globals';
import type pg from 'pg';
import type { Effect } from '../../../engine/workflow/fence.ts';
import { DatabaseFunctionBench } from '../../support/database-function-process.ts';
import { runsStatement, until } from '../../support/database-probe.ts';
import type { FunctionProcess } from '../../support/database-function-process.ts';
import { sampleMigration } from '../../support/sample-migration.ts';
import { RICH_DATABASE, ROW_QUERIES } from '../../support/rich-database.ts';

// Real processes on a shared machine: the limit only ends what hangs.
jest.setTimeout(120_000);

let bench: DatabaseFunctionBench;
let running: FunctionProcess;
let keys = 0;

beforeAll(async () => {
  bench = await DatabaseFunctionBench.start();
  running = await bench.startFunction();
});
afterAll(() => bench.stop());

const signal = new AbortController().signal;
function effect(key = `promotion-${++keys}:back-up`): Effect {
  return { key, fence: 1, signal };
}

async function rich(): Promise<{ database: string; client: pg.Client }> {
  const database = await bench.createDatabase();
  const client = await bench.connect(database);
  await client.query(RICH_DATABASE);
  return { database, client };
}

async function contents(client: pg.Client): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for (const query of ROW_QUERIES) {
    const { rows } = await client.query({ text: query, rowMode: 'array' });
    all.push([query, rows]);
  }
  return all;
}

async function hash(database: string): Promise<string> {
  return (await running.api.state(database, signal)).schemaHash;
}

describe('a backup', () => {
  it('puts back the schema and every row as they were, after everything was changed', async () => {
    const { database, client } = await rich();
    const before = { schema: await hash(database), rows: await contents(client) };
    const backup = await running.api.backUp(database, effect());
    expect(backup).toMatchObject({ schemaVersion: 0, tables: 13 });

    await client.query(`
      DROP SCHEMA "we""ird schema" CASCADE; DROP VIEW public.totals CASCADE; DROP TABLE public."order" CASCADE;
      DELETE FROM public.values; ALTER TABLE public.values ADD COLUMN extra int; ALTER TYPE public.mood ADD VALUE 'later';
      CREATE TABLE public.newcomer (id int PRIMARY KEY, m public.mood); CREATE SCHEMA other; CREATE TABLE other.x (id int);
      CREATE FUNCTION public.newer() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE SEQUENCE public.loose;
      CREATE TYPE public.span AS RANGE (subtype = float8); CREATE DOMAIN public.small AS int;
      CREATE PUBLICATION later FOR TABLE public.newcomer; COMMENT ON TABLE public.values IS 'changed'`);
    expect(await hash(database)).not.toBe(before.schema);

    expect(await running.api.restore(database, backup.id, effect())).toEqual({ rows: backup.rows });
    expect(await contents(client)).toEqual(before.rows);
    expect(await hash(database)).toBe(before.schema);
    // A second restore finds what the first one made, and a row that follows gets the next number.
    await running.api.restore(database, backup.id, effect());
    expect(await hash(database)).toBe(before.schema);
    const inserted = await client.query(`INSERT INTO public."order" ("select") VALUES (1) RETURNING id`);
    expect(inserted.rows).toEqual([{ id: 3 }]);
  });

  it('is taken once per key, by whichever process, and is for its owner only', async () => {
    const { database, client } = await rich();
    const once = effect();
    const first = await running.api.backUp(database, once);
    await client.query('DELETE FROM public.values');
    const other = await bench.startFunction();
    expect(await other.api.backUp(database, once)).toEqual(first);
    await other.kill();
    const folder = path.join(bench.backupsFolder, first.id);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    const names = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of names.filter((name) => name.isFile())) {
      expect((await stat(path.join(entry.parentPath, entry.name))).mode & 0o777).toBe(0o600);
    }
    expect(await readFile(path.join(folder, 'manifest.json'), 'utf8')).not.toContain(bench.postgres.password);
  });

  it('sees one moment: what commits while it runs is not in it', async () => {
    const { database, client } = await rich();
    // The second table can only be read once the lock is gone, and by then both tables have another row.
    await client.query(`CREATE TABLE public.a1 AS SELECT 1 AS n; CREATE TABLE public.a2 AS SELECT 1 AS n`);
    const rival = await bench.connect(database);
    await rival.query('BEGIN; LOCK TABLE public.a2 IN ACCESS EXCLUSIVE MODE');
    const backing = running.api.backUp(database, effect());
    await until(() => runsStatement(client, 'a2'));
    await rival.query('INSERT INTO public.a1 VALUES (2); INSERT INTO public.a2 VALUES (2); COMMIT');
    const backup = await backing;
    await running.api.restore(database, backup.id, effect());
    const { rows } = await client.query('SELECT (SELECT count(*) FROM a1) AS a1, (SELECT count(*) FROM a2) AS a2');
    expect(rows).toEqual([{ a1: '1', a2: '1' }]);
  });

  it('knows which migrations were applied, and a restore makes them so again', async () => {
    const { database } = await rich();
    const migrations = [
      sampleMigration(1, 'CREATE TABLE public.m1 (id int)'),
      sampleMigration(2, 'CREATE TABLE public.m2 (id int)'),
    ];
    const applying = effect();
    await running.api.migrate(database, migrations.slice(0, 1), effect());
    const backup = await running.api.backUp(database, effect());
    expect(backup.schemaVersion).toBe(1);
    const before = await running.api.state(database, signal);
    await running.api.migrate(database, migrations, applying);
    const restoring = effect();
    await running.api.restore(database, backup.id, restoring);
    expect(await running.api.state(database, signal)).toEqual(before);
    await expect(running.api.migrate(database, migrations, applying)).rejects.toMatchObject({ code: 'effect-undone' });
    expect((await running.api.migrate(database, migrations, effect())).applied).toEqual([2]);
    // The restore's own repetition answers; it does not take the new migration away.
    await running.api.restore(database, backup.id, restoring);
    expect((await running.api.state(database, signal)).schemaVersion).toBe(2);
  });

  it('is not there, even in part, when the disk is full or the server ends the connection, and can be taken again', async () => {
    const { database, client } = await rich();
    await client.query(`CREATE TABLE public.big AS SELECT repeat('x', 1000) AS x FROM generate_series(1, 20000)`);
    const once = effect();
    const limited = await bench.startFunction({}, { largestFileKilobytes: 1000 });
    await expect(limited.api.backUp(database, once)).rejects.toMatchObject({
      code: 'storage-failed',
      message: expect.stringContaining('EFBIG') as unknown,
    });
    await limited.kill();

    const rival = await bench.connect(database);
    await rival.query('BEGIN; LOCK TABLE public.big IN ACCESS EXCLUSIVE MODE');
    const lost = running.api.backUp(database, once).catch((error: unknown) => error);
    await until(() => runsStatement(client, 'big'));
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    expect(await lost).toMatchObject({ code: 'connection-lost', status: 502 });
    await rival.query('ROLLBACK');

    expect((await readdir(bench.backupsFolder)).filter((name) => name.includes(database))).toEqual([]);
    const backup = await running.api.backUp(database, once);
    expect(await running.api.restore(database, backup.id, effect())).toEqual({ rows: backup.rows });
  });

  it('is refused when a restore could not put everything back', async () => {
    const { database, client } = await rich();
    await client.query('SELECT lo_create(0)');
    await expect(running.api.backUp(database, effect())).rejects.toMatchObject({
      code: 'backup-refused',
      message: expect.stringContaining('1 large objects') as unknown,
    });
    expect((await readdir(bench.backupsFolder)).filter((name) => name.includes(database))).toEqual([]);
  });
});

describe('a restore', () => {
  it('changes nothing when a file of the backup is damaged, missing, or the manifest is cut off', async () => {
    const { database, client } = await rich();
    const backup = await running.api.backUp(database, effect());
    const manifestFile = path.join(bench.backupsFolder, backup.id, 'manifest.json');
    const manifest = await readFile(manifestFile, 'utf8');
    await client.query('CREATE TABLE public.proof (id int)');
    const before = await hash(database);

    await appendFile(path.join(bench.backupsFolder, backup.id, 'data', '1.copy'), 'x');
    await expect(running.api.restore(database, backup.id, effect())).rejects.toMatchObject({
      code: 'backup-damaged',
      message: expect.stringContaining('data/1.copy (changed)') as unknown,
    });
    await writeFile(manifestFile, manifest.slice(0, 300));
    await expect(running.api.restore(database, backup.id, effect())).rejects.toMatchObject({ code: 'backup-damaged' });
    expect(await hash(database)).toBe(before);
  });

  it('keeps what is there when something in the middle of it fails', async () => {
    const { database, client } = await rich();
    const backup = await running.api.backUp(database, effect());
    await client.query(`CREATE TABLE public.proof (id int); CREATE SCHEMA kept`);
    const before = { schema: await hash(database), rows: await contents(client) };
    const manifestFile = path.join(bench.backupsFolder, backup.id, 'manifest.json');
    const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as { tables: { rows: number }[] };
    for (const table of manifest.tables) table.rows += 1;
    await writeFile(manifestFile, JSON.stringify(manifest));
    await expect(running.api.restore(database, backup.id, effect())).rejects.toMatchObject({ code: 'backup-damaged' });
    expect({ schema: await hash(database), rows: await contents(client) }).toEqual(before);
  });

  it('refuses a backup of another database, and one that does not exist', async () => {
    const { database } = await rich();
    const other = await rich();
    const backup = await running.api.backUp(other.database, effect());
    await expect(running.api.restore(database, backup.id, effect())).rejects.toMatchObject({ code: 'backup-refused' });
    await expect(running.api.restore(database, `${database}-none`, effect())).rejects.toMatchObject({
      code: 'unknown-backup',
    });
    await expect(running.api.restore(database, '../secrets', effect())).rejects.toMatchObject({
      code: 'invalid-request',
    });
  });
});

describe('a backup that is not kept any longer', () => {
  it('is gone for good, with every file of it, and asking again changes nothing', async () => {
    const { database } = await rich();
    const once = effect();
    const backup = await running.api.backUp(database, once);
    await running.api.discardBackUp(database, backup.id, signal);
    await running.api.discardBackUp(database, backup.id, signal);
    expect((await readdir(bench.backupsFolder)).filter((name) => name.includes(database))).toEqual([]);
    await expect(running.api.restore(database, backup.id, effect())).rejects.toMatchObject({ code: 'unknown-backup' });
    await expect(running.api.backUp(database, once)).rejects.toMatchObject({ code: 'unknown-backup' });
  });

  it('is discarded by the name of its own database only, and nothing outside the folder is', async () => {
    const [one, other] = [await rich(), await rich()];
    const backup = await running.api.backUp(one.database, effect());
    await expect(running.api.discardBackUp(other.database, backup.id, signal)).rejects.toMatchObject({
      code: 'backup-refused',
    });
    await expect(running.api.discardBackUp(one.database, '../secrets', signal)).rejects.toMatchObject({
      code: 'invalid-request',
    });
    await running.api.restore(one.database, backup.id, effect());
  });
});

describe('the readiness for a backup', () => {
  it('is known without taking one: how large the database is, and what space there is', async () => {
    const { database } = await rich();
    const before = await readdir(bench.backupsFolder);
    const { databaseBytes, freeBytes } = await running.api.readiness(database, signal);
    expect(databaseBytes).toBeGreaterThan(1_000_000);
    expect(freeBytes).toBeGreaterThan(0);
    expect(await readdir(bench.backupsFolder)).toEqual(before);
  });

  it('is none where nothing can be written, or nobody is', async () => {
    const { database } = await rich();
    const file = path.join(bench.backupsFolder, 'no-folder');
    await writeFile(file, '');
    const elsewhere = await bench.startFunction({ BACKUPS_DIR: file });
    const refused = elsewhere.api.readiness(database, signal);
    await expect(refused).rejects.toMatchObject({ code: 'storage-failed' });
    await expect(refused).rejects.toThrow(`the folder of backups, ${file} (EEXIST)`);
    await expect(running.api.readiness('nobody', signal)).rejects.toMatchObject({ code: 'unknown-database' });
  });
});

describe('a killed process', () => {
  it('in the middle of a backup leaves none, and the next one takes it whole', async () => {
    const { database, client } = await rich();
    const rival = await bench.connect(database);
    await client.query('CREATE TABLE public.zz_last AS SELECT 1 AS n');
    await rival.query('BEGIN; LOCK TABLE public.zz_last IN ACCESS EXCLUSIVE MODE');
    const doomed = await bench.startFunction();
    const once = effect();
    const lost = doomed.api.backUp(database, once).catch((error: unknown) => error);
    await until(() => runsStatement(client, 'zz_last'));
    await doomed.kill();
    await lost;
    await rival.query('COMMIT');
    expect((await readdir(bench.backupsFolder)).filter((name) => name.startsWith(database))).toEqual([]);
    const backup = await running.api.backUp(database, once);
    expect((await readdir(bench.backupsFolder)).filter((name) => name.includes(database))).toEqual([backup.id]);
    const before = await contents(client);
    await client.query('DELETE FROM public.values');
    await running.api.restore(database, backup.id, effect());
    expect(await contents(client)).toEqual(before);
  });

  it('in the middle of a restore leaves what was there, and the next one restores', async () => {
    const { database, client } = await rich();
    // A check that sleeps while its rows are copied in keeps the restore in its middle.
    await client.query(`
      CREATE FUNCTION public.slowly(n int) RETURNS boolean LANGUAGE plpgsql AS $$
        BEGIN IF current_setting('application_name') LIKE 'promotion%' THEN PERFORM pg_sleep(2); END IF; RETURN true; END $$;
      CREATE TABLE public.slow (n int CHECK (public.slowly(n))); INSERT INTO public.slow VALUES (1)`);
    const restored = { schema: await hash(database), rows: await contents(client) };
    const backup = await running.api.backUp(database, effect());
    await client.query('CREATE TABLE public.proof (id int); DELETE FROM public.values');
    const before = { schema: await hash(database), rows: await contents(client) };
    const doomed = await bench.startFunction();
    const once = effect();
    const lost = doomed.api.restore(database, backup.id, once).catch((error: unknown) => error);
    await until(() => runsStatement(client, 'COPY "public"."slow"'));
    await doomed.kill();
    await lost;
    await until(async () => !(await runsStatement(client, 'COPY "public"."slow"')));
    expect({ schema: await hash(database), rows: await contents(client) }).toEqual(before);
    expect(await running.api.restore(database, backup.id, once)).toEqual({ rows: backup.rows });
    expect({ schema: await hash(database), rows: await contents(client) }).toEqual(restored);
  });
});
