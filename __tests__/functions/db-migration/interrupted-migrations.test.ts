import { jest } from '@jest/globals';
import type pg from 'pg';
import type { Effect } from '../../../engine/workflow/fence.ts';
import { DatabaseFunctionBench } from '../../support/database-function-process.ts';
import { holds, runsStatement, until } from '../../support/database-probe.ts';
import type { FunctionProcess } from '../../support/database-function-process.ts';
import { sampleMigration } from '../../support/sample-migration.ts';

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
function effect(fence = 1, key = `promotion-${++keys}:migrate`): Effect {
  return { key, fence, signal };
}

async function fresh(): Promise<{ database: string; client: pg.Client }> {
  const database = await bench.createDatabase();
  return { database, client: await bench.connect(database) };
}

describe('a killed process', () => {
  it('leaves nothing of the migration it was in, and the next one goes on from there', async () => {
    const { database, client } = await fresh();
    const doomed = await bench.startFunction();
    const migrations = [
      sampleMigration(1, 'CREATE TABLE t (id int)'),
      sampleMigration(
        2,
        `INSERT INTO t VALUES (1); SELECT pg_sleep(CASE WHEN current_setting('application_name') = '' THEN 0 ELSE 3 END)`,
      ),
    ];
    const resumed = effect();
    const lost = doomed.api.migrate(database, migrations, resumed).catch((error: unknown) => error);
    await until(() => runsStatement(client, 'pg_sleep'));
    await doomed.kill();
    expect(await lost).toMatchObject({
      name: 'TypeError',
      message: expect.stringContaining('fetch failed') as unknown,
    });
    expect(await running.api.migrate(database, migrations, resumed)).toMatchObject({ applied: [1, 2] });
    expect(await holds(client, '(SELECT count(*) FROM t) = 1')).toBe(true);
  });

  it('leaves an invalid index of a concurrent build, which the next one drops and builds again', async () => {
    const { database, client } = await fresh();
    const doomed = await bench.startFunction();
    const up = `INSERT INTO "odd ""table" SELECT 0; CREATE UNIQUE INDEX CONCURRENTLY "odd ""index" ON "odd ""table" (id); INSERT INTO "odd ""table" SELECT -1`;
    const migrations = [
      sampleMigration(1, 'CREATE TABLE "odd ""table" AS SELECT generate_series(1, 1000) AS id'),
      sampleMigration(2, up, { transactional: false, down: 'DROP INDEX CONCURRENTLY "odd ""index"' }),
    ];
    const resumed = effect();
    const old = await bench.connect(database);
    await running.api.migrate(database, migrations.slice(0, 1), effect());
    await old.query('BEGIN; INSERT INTO "odd ""table" VALUES (5000)');
    const lost = doomed.api.migrate(database, migrations, resumed).catch((error: unknown) => error);
    const invalid = `EXISTS (SELECT FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relname = 'odd "index' AND NOT i.indisvalid)`;
    await until(() => holds(client, invalid));
    await doomed.kill();
    await lost;
    await old.query('COMMIT');
    await until(async () => !(await runsStatement(client, 'CREATE UNIQUE INDEX')));
    // Whether the server finished the build or gave it up, the record says that it is not known to be done.
    expect(await running.api.state(database, signal)).toMatchObject({ schemaVersion: 1, unfinished: [2] });
    expect(await running.api.migrate(database, migrations, resumed)).toMatchObject({ applied: [2] });
    expect(
      await holds(
        client,
        `(SELECT bool_and(indisvalid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relname = 'odd "index')`,
      ),
    ).toBe(true);
    expect(await holds(client, '(SELECT count(*) FROM "odd ""table" WHERE id IN (0, -1)) = 2')).toBe(true);
    expect(await running.api.revert(database, migrations.slice(1), effect())).toEqual({ reverted: [2] });
    expect(await holds(client, `to_regclass('"odd ""index"') IS NULL`)).toBe(true);
  });

  it('rebuilds an index whose build was interrupted inside the server', async () => {
    const { database, client } = await fresh();
    const migrations = [
      sampleMigration(1, 'CREATE TABLE t AS SELECT generate_series(1, 1000) AS id'),
      sampleMigration(2, 'CREATE INDEX CONCURRENTLY IF NOT EXISTS slow ON public.t (id)', { transactional: false }),
    ];
    await running.api.migrate(database, migrations.slice(0, 1), effect());
    const old = await bench.connect(database);
    await old.query('BEGIN; INSERT INTO t VALUES (1)');
    const resumed = effect();
    const doomed = await bench.startFunction();
    const lost = doomed.api.migrate(database, migrations, resumed).catch((error: unknown) => error);
    await until(() => holds(client, `EXISTS (SELECT FROM pg_index WHERE NOT indisvalid)`));
    await doomed.kill();
    await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONC%'`);
    await lost;
    await old.query('COMMIT');
    expect(await holds(client, `EXISTS (SELECT FROM pg_index WHERE NOT indisvalid)`)).toBe(true);
    expect(await running.api.migrate(database, migrations, resumed)).toMatchObject({ applied: [2] });
    expect(
      await holds(client, `NOT EXISTS (SELECT FROM pg_index WHERE NOT indisvalid) AND to_regclass('slow') IS NOT NULL`),
    ).toBe(true);
  });
});
