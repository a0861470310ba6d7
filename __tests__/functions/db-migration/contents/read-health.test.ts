import { expect, jest } from '@jest/globals';
import { DatabaseFunctionBench, type FunctionProcess } from '../../../support/database-function-process.ts';
import { sampleMigration } from '../../../support/sample-migration.ts';

// Real processes on a shared machine: the limit only ends what hangs.
jest.setTimeout(120_000);

let bench: DatabaseFunctionBench;
let running: FunctionProcess;

beforeAll(async () => {
  bench = await DatabaseFunctionBench.start();
  running = await bench.startFunction();
});
afterAll(() => bench.stop());

const { signal } = new AbortController();

describe('the health of a database', () => {
  it('says how fast it answers, how large it is, and which tables it has', async () => {
    const database = await bench.createDatabase();
    await (
      await bench.connect(database)
    ).query(`CREATE TABLE orders (id int PRIMARY KEY, note text); CREATE SCHEMA billing;
      CREATE TABLE billing.invoices (id int); CREATE VIEW v AS SELECT 1;
      CREATE TABLE parts (id int) PARTITION BY RANGE (id);
      CREATE TABLE low PARTITION OF parts FOR VALUES FROM (0) TO (10)`);
    await running.api.fence(database, { key: 'k', fence: 1, signal });
    const health = await running.api.health(database, signal);
    expect(health.connectMs).toBeGreaterThan(0);
    expect(health.queryMs).toBeGreaterThan(0);
    expect(health.sizeBytes).toBeGreaterThan(1_000_000);
    expect(health).toMatchObject({ schemaVersion: 0, unfinished: [] });
    expect(health.tables).toEqual([
      {
        schema: 'billing',
        name: 'invoices',
        columns: 1,
        hasPrimaryKey: false,
        isInSearchPath: false,
        isReadable: true,
      },
      { schema: 'public', name: 'orders', columns: 2, hasPrimaryKey: true, isInSearchPath: true, isReadable: true },
      { schema: 'public', name: 'parts', columns: 1, hasPrimaryKey: false, isInSearchPath: true, isReadable: true },
    ]);
  });

  it('says which migration is its newest', async () => {
    const database = await bench.createDatabase();
    const migrations = [sampleMigration(1, 'CREATE TABLE t (id int)'), sampleMigration(2, 'CREATE TABLE u (id int)')];
    await running.api.migrate(database, migrations, { key: 'k', fence: 1, signal });
    expect(await running.api.health(database, signal)).toMatchObject({ schemaVersion: 2, unfinished: [] });
  });

  it('tells one database under two names from two databases', async () => {
    const [one, other] = [await bench.createDatabase(), await bench.createDatabase()];
    await bench.mountSecret('one-again', bench.postgres.url(one));
    const [first, again, second] = await Promise.all(
      [one, 'one-again', other].map((name) => running.api.health(name, signal)),
    );
    expect(first?.identity).toMatch(/^[0-9a-f]{64}$/);
    expect(again?.identity).toBe(first?.identity);
    expect(second?.identity).not.toBe(first?.identity);
  });

  it('is a refusal, and never health, of a database that does not answer', async () => {
    await bench.mountSecret('gone', 'postgres://u:hunter2@127.0.0.1:9/gone');
    const refused = await running.api.health('gone', signal).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'connection-failed', message: expect.stringContaining('ECONNREFUSED') });
    expect(String(refused)).not.toContain('hunter2');
    await expect(running.api.health('never-made', signal)).rejects.toMatchObject({ code: 'unknown-database' });
  });
});
