import { jest } from '@jest/globals';
import { systemClock } from '../../../../functions/db-migration/clock.ts';
import { SecretFolderConnections } from '../../../../functions/db-migration/connections.ts';
import { copyDatabase, type CopyOrder } from '../../../../functions/db-migration/copy/copy-database.ts';
import { dumpSchema } from '../../../../functions/db-migration/schema/pg-dump.ts';
import { DatabaseFunctionBench } from '../../../support/database-function-process.ts';
import { RICH_DATABASE } from '../../../support/rich-database.ts';

// A real server on a shared machine: the limit only ends what hangs.
jest.setTimeout(120_000);

let bench: DatabaseFunctionBench;
let connections: SecretFolderConnections;

beforeAll(async () => {
  bench = await DatabaseFunctionBench.start();
  connections = new SecretFolderConnections(bench.secretsFolder);
});
afterAll(() => bench.stop());

async function databaseOf(sql: string): Promise<string> {
  const database = await bench.createDatabase();
  await (await bench.connect(database)).query(sql);
  return database;
}

function copy(source: string, target: string, options: Partial<CopyOrder> = {}) {
  const order = {
    id: 'm-1',
    source,
    target,
    sessions: 2,
    chunkBytes: 1_000_000,
    stallSeconds: 60,
    signal: new AbortController().signal,
    ...options,
  };
  return copyDatabase({ connections, clock: systemClock, busyWaitSeconds: 5 }, order);
}

/** Every row of every table as text, and every sequence. */
async function contentsOf(database: string): Promise<Readonly<Record<string, unknown>>> {
  const client = await bench.connect(database);
  await client.query("SET search_path = ''; SET extra_float_digits = 3; SET bytea_output = hex; SET TimeZone = 'UTC'");
  const { rows: tables } = await client.query<{ name: string; isSequence: boolean }>(
    `SELECT c.oid::regclass::text AS name, c.relkind = 'S' AS "isSequence" FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'S') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'promotion_control')`,
  );
  const contents: Record<string, unknown> = {};
  for (const { name, isSequence } of tables) {
    const { rows } = await client.query<{ row: string }>(
      isSequence
        ? `SELECT concat(last_value, ' ', is_called) AS row FROM ${name}`
        : `SELECT t::text AS row FROM ONLY ${name} t ORDER BY 1`,
    );
    contents[name] = rows.map(({ row }) => row);
  }
  return contents;
}

const large = `
  CREATE TABLE wide (id int PRIMARY KEY, body text NOT NULL);
  INSERT INTO wide SELECT i, repeat(md5(i::text), 30) FROM generate_series(1, 4000) i;
  CREATE INDEX wide_body ON wide (md5(body));
  CREATE TABLE small (id int REFERENCES wide);
  INSERT INTO small SELECT i FROM generate_series(1, 100) i;
`;

describe('a copied database', () => {
  it('has the same schema, the same rows and the same sequences as the one that it was copied from', async () => {
    const source = await databaseOf(RICH_DATABASE);
    const target = await bench.createDatabase();
    await copy(source, target);
    expect(await dumpSchema(connections, target)).toBe(await dumpSchema(connections, source));
    expect(await contentsOf(target)).toEqual(await contentsOf(source));
  });

  it('is copied in parts where tables are large', async () => {
    const source = await databaseOf(large);
    const target = await bench.createDatabase();
    const { rows } = await copy(source, target, { chunkBytes: 300_000, sessions: 3 });
    expect(rows).toBe(4100);
    const { rows: chunks } = await (
      await bench.connect(target)
    ).query('SELECT rows FROM promotion_control.transfer_chunk WHERE NOT is_whole');
    expect(chunks.length).toBeGreaterThan(3);
    expect(await contentsOf(target)).toEqual(await contentsOf(source));
  });

  it('is left as it is by whoever copies it once more under the same name', async () => {
    const source = await databaseOf(large);
    const target = await bench.createDatabase();
    await copy(source, target);
    await (await bench.connect(source)).query('DELETE FROM small');
    expect(await copy(source, target)).toEqual({ rows: 0, bytes: 0 });
    expect((await contentsOf(target))['public.small']).toHaveLength(100);
  });
});

describe('a copy that was interrupted', () => {
  it('goes on where it was, and copies no part twice', async () => {
    const source = await databaseOf(large);
    const target = await bench.createDatabase();
    const copied: number[] = [];
    for (let calls = 0; calls < 60; calls += 1) {
      const time = new AbortController();
      const over = setTimeout(() => {
        time.abort(new Error('time is up'));
      }, 150 + calls * 20);
      try {
        copied.push((await copy(source, target, { chunkBytes: 100_000, signal: time.signal })).rows);
        break;
      } catch (error) {
        expect(String(error)).toMatch(/time is up|connection|closed|terminated/i);
      } finally {
        clearTimeout(over);
      }
    }
    expect(copied).toHaveLength(1);
    expect(await contentsOf(target)).toEqual(await contentsOf(source));
    expect(await dumpSchema(connections, target)).toBe(await dumpSchema(connections, source));
  });

  it('ends when the schema has changed meanwhile', async () => {
    const source = await databaseOf(large);
    const target = await bench.createDatabase();
    const time = new AbortController();
    const client = await bench.connect(target);
    const stopped = copy(source, target, { chunkBytes: 100_000, signal: time.signal, sessions: 1 });
    stopped.catch(() => undefined);
    for (;;) {
      const { rows } = await client.query<{ begun: string | null }>(
        `SELECT to_regclass('promotion_control.transfer_chunk') AS begun`,
      );
      if (typeof rows[0]?.begun === 'string') break;
    }
    time.abort(new Error('time is up'));
    await stopped.catch(() => undefined);
    await (await bench.connect(source)).query('ALTER TABLE small ADD more int');
    await expect(copy(source, target)).rejects.toMatchObject({ code: 'schema-changed' });
  });
});

describe('what is refused before anything is copied', () => {
  it('is a database that holds something already', async () => {
    const target = await databaseOf('CREATE TABLE mine (id int)');
    await expect(copy(await databaseOf(large), target)).rejects.toMatchObject({
      code: 'database-not-empty',
      message: expect.stringContaining('"mine"') as string,
    });
  });

  it('is what cannot be carried', async () => {
    const source = await databaseOf("SELECT lo_from_bytea(0, 'x')");
    await expect(copy(source, await bench.createDatabase())).rejects.toMatchObject({ code: 'copy-refused' });
  });
});

describe('a row that the target does not take', () => {
  it('is told in the words of the target', async () => {
    const source = await databaseOf(`CREATE FUNCTION odd(int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT true';
      CREATE TABLE t (id int CHECK (odd(id))); INSERT INTO t VALUES (1);
      CREATE OR REPLACE FUNCTION odd(int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT false'`);
    await expect(copy(source, await bench.createDatabase())).rejects.toMatchObject({
      code: 'sql-failed',
      extra: { sqlState: '23514' },
    });
  });
});
