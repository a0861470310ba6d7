import { expect, jest } from '@jest/globals';
import type { TableContents } from '../../../../engine/contract/database-function-api.ts';
import { DatabaseFunctionBench, type FunctionProcess } from '../../../support/database-function-process.ts';
import { RICH_DATABASE } from '../../../support/rich-database.ts';

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

async function databaseOf(sql: string): Promise<string> {
  const database = await bench.createDatabase();
  await (await bench.connect(database)).query(sql);
  return database;
}

async function contents(sql: string, table: string): Promise<TableContents | undefined> {
  return (await running.api.contents(await databaseOf(sql), [table], signal))[0];
}

const read = async (sql: string, table = 't') => {
  const found = await contents(sql, table);
  if (found?.kind !== 'read') throw new Error(`not read: ${JSON.stringify(found)}`);
  return found;
};

describe('the contents of tables', () => {
  it('are the same whatever the order of rows and of columns', async () => {
    const one = await read("CREATE TABLE t (id int, name text); INSERT INTO t VALUES (1, 'a'), (2, NULL)");
    const other = await read("CREATE TABLE t (name text, id int); INSERT INTO t VALUES (NULL, 2), ('a', 1)");
    expect(other).toEqual(one);
    expect(one).toMatchObject({ rows: 2, columns: ['id', 'name'] });
  });

  it('are others when one value is, when a row is there twice, and when null is an empty text', async () => {
    const table = 'CREATE TABLE t (id int, name text);';
    const rows = [
      "(1, 'a'), (2, '')",
      "(1, 'b'), (2, '')",
      "(1, 'a'), (2, NULL)",
      "(1, 'a'), (2, ''), (2, '')",
      "(2, 'a'), (1, '')",
    ];
    const found: string[] = [];
    for (const values of rows) found.push((await read(`${table} INSERT INTO t VALUES ${values}`)).checksum);
    expect(new Set(found).size).toBe(rows.length);
    // Three equal rows are not one of them: nothing cancels out.
    const thrice = await read(`${table} INSERT INTO t VALUES (1, 'a'), (1, 'a'), (1, 'a')`);
    expect(thrice.checksum).not.toBe((await read(`${table} INSERT INTO t VALUES (1, 'a')`)).checksum);
  });

  it('do not depend on how a login shows times, numbers and bytes', async () => {
    const sql = `CREATE TABLE t (at timestamptz, span interval, number float8, bytes bytea);
      INSERT INTO t VALUES ('2026-03-29 01:30:00+00', '1 day 2 hours', 0.1 + 0.2, '\\x00ff')`;
    const plain = await read(sql);
    const odd = await databaseOf(`${sql}; ALTER ROLE postgres SET TimeZone = 'Asia/Kathmandu';
      ALTER ROLE postgres SET DateStyle = 'German'; ALTER ROLE postgres SET IntervalStyle = 'sql_standard';
      ALTER ROLE postgres SET extra_float_digits = -15; ALTER ROLE postgres SET bytea_output = 'escape'`);
    try {
      expect(await running.api.contents(odd, ['t'], signal)).toEqual([plain]);
    } finally {
      await (await bench.connect(odd)).query('ALTER ROLE postgres RESET ALL');
    }
  });

  it('are none of an empty table, and those of all its parts of a partitioned one', async () => {
    expect(await read('CREATE TABLE t (id int)')).toMatchObject({ rows: 0, checksum: '0'.repeat(32) });
    const parts = `CREATE TABLE t (id int) PARTITION BY RANGE (id);
      CREATE TABLE low PARTITION OF t FOR VALUES FROM (0) TO (10);
      CREATE TABLE high PARTITION OF t FOR VALUES FROM (10) TO (20);
      INSERT INTO t VALUES (1), (11)`;
    expect(await read(parts)).toEqual(await read('CREATE TABLE t (id int); INSERT INTO t VALUES (11), (1)'));
  });

  it('are of exactly the table that was named, however it is written', async () => {
    const database = await databaseOf(`CREATE SCHEMA billing; CREATE TABLE billing.invoices (id int);
      CREATE TABLE "Order" ("select" int, "it's ""so""" int); INSERT INTO "Order" VALUES (1, 2);
      CREATE VIEW orders AS SELECT 1 AS id`);
    expect(
      await running.api.contents(database, ['Order', 'billing.invoices', 'invoices', 'orders'], signal),
    ).toMatchObject([
      { kind: 'read', table: 'Order', rows: 1, columns: [`it's "so"`, 'select'] },
      { kind: 'read', table: 'billing.invoices', rows: 0 },
      { kind: 'missing', table: 'invoices' },
      { kind: 'missing', table: 'orders' },
    ]);
  });

  it('are read of every kind of column that there is', async () => {
    const database = await databaseOf(RICH_DATABASE);
    const { tables } = await running.api.health(database, signal);
    const names = tables
      .filter(({ schema, name }) => /^[A-Za-z_]\w*$/.test(name) && /^[A-Za-z_]\w*$/.test(schema))
      .map(({ schema, name }) => `${schema}.${name}`);
    const found = await running.api.contents(database, names, signal);
    expect(names.length).toBeGreaterThan(3);
    expect(found.map(({ kind }) => kind)).toEqual(names.map(() => 'read'));
  });

  it('of a table that is locked are unreadable after a while, and the others are read all the same', async () => {
    const impatient = await bench.startFunction({ READ_TIMEOUT_SECONDS: '0.3' });
    const database = await databaseOf('CREATE TABLE held (id int); CREATE TABLE t (id int); INSERT INTO t VALUES (1)');
    const rival = await bench.connect(database);
    await rival.query('BEGIN; LOCK TABLE held IN ACCESS EXCLUSIVE MODE');
    expect(await impatient.api.contents(database, ['held', 't'], signal)).toMatchObject([
      { kind: 'unreadable', table: 'held', why: 'it did not answer within 0.3 s (READ_TIMEOUT_SECONDS)' },
      { kind: 'read', table: 't', rows: 1 },
    ]);
    await rival.query('ROLLBACK');
    await impatient.kill();
  });

  it('that this login may not read, or sees only in part, are unreadable, never fewer', async () => {
    const database = await databaseOf(`CREATE TABLE theirs (id int); CREATE TABLE partly (id int);
      ALTER TABLE partly ENABLE ROW LEVEL SECURITY; CREATE POLICY only_some ON partly USING (id > 1);
      INSERT INTO partly VALUES (1), (2); CREATE ROLE reader LOGIN PASSWORD 'r'; GRANT SELECT ON partly TO reader`);
    const url = new URL(bench.postgres.url(database));
    url.username = 'reader';
    url.password = 'r';
    await bench.mountSecret('as-reader', url.href);
    const found = await running.api.contents('as-reader', ['theirs', 'partly'], signal);
    expect(found).toMatchObject([
      { kind: 'unreadable', why: 'permission denied for table theirs' },
      { kind: 'unreadable', why: expect.stringContaining('row-level security') },
    ]);
    const { tables } = await running.api.health('as-reader', signal);
    expect(tables.map(({ name, isReadable }) => [name, isReadable])).toEqual([
      ['partly', true],
      ['theirs', false],
    ]);
  });

  it('refuse what is no name of a table', async () => {
    const database = await bench.createDatabase();
    for (const table of ['t; DROP TABLE t', '', 'a.b.c', '"t"', "t'"]) {
      await expect(running.api.contents(database, [table], signal)).rejects.toMatchObject({ code: 'invalid-request' });
    }
  });
});
