import { jest } from '@jest/globals';
import type pg from 'pg';
import type { Effect } from '../../../engine/workflow/fence.ts';
import { StaleFenceError } from '../../../engine/workflow/fence.ts';
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
  running = await bench.startFunction({ LOCK_TIMEOUT_SECONDS: '0.3', LOCK_BUDGET_SECONDS: '30' });
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

describe('state and plan', () => {
  it('says version 0 of a database that was never migrated, and leaves nothing behind', async () => {
    const { database, client } = await fresh();
    expect(await running.api.state(database, signal)).toMatchObject({ schemaVersion: 0, applied: [], unfinished: [] });
    const plan = await running.api.plan(database, [sampleMigration(1, 'CREATE TABLE t (id int); SELECT 1')], signal);
    expect(plan).toEqual({
      pending: [
        {
          version: 1,
          name: 'step_1',
          kind: 'expand',
          transactional: true,
          statements: ['CREATE TABLE t (id int)', 'SELECT 1'],
        },
      ],
      checksumMismatches: [],
    });
    expect(await holds(client, `to_regnamespace('promotion_control') IS NULL`)).toBe(true);
  });

  it('tells which extensions a database has and which it could have, and leaves nothing behind', async () => {
    const { database, client } = await fresh();
    const before = await running.api.extensions(database, signal);
    expect(before.installed.map(({ name }) => name)).toEqual(['plpgsql']);
    expect(before.available).toContain('plpgsql');
    const other = before.available.find((name) => name !== 'plpgsql');
    if (other !== undefined) {
      await client.query(`CREATE EXTENSION "${other}" CASCADE`);
      const after = await running.api.extensions(database, signal);
      expect(after.installed.map(({ name }) => name)).toContain(other);
      expect(after.available).toContain(other);
    }
    expect(await holds(client, `to_regnamespace('promotion_control') IS NULL`)).toBe(true);
    await expect(running.api.extensions('no-such-database', signal)).rejects.toThrow(/There is no secret for database/);
  });

  it('tells what is applied, and a schema hash that changes with the schema alone', async () => {
    const { database, client } = await fresh();
    const one = sampleMigration(1, 'CREATE TABLE t (id int)', { kind: 'contract' });
    await running.api.migrate(database, [one], effect());
    const before = await running.api.state(database, signal);
    expect(before).toMatchObject({
      schemaVersion: 1,
      applied: [{ version: 1, name: 'step_1', kind: 'contract', checksum: one.checksum }],
    });
    await client.query('INSERT INTO t VALUES (1)');
    expect((await running.api.state(database, signal)).schemaHash).toBe(before.schemaHash);
    await client.query('ALTER TABLE t ADD COLUMN added int');
    expect((await running.api.state(database, signal)).schemaHash).not.toBe(before.schemaHash);
  });

  it('names a version whose content changed since, and refuses to run anything', async () => {
    const { database, client } = await fresh();
    await running.api.migrate(database, [sampleMigration(1, 'CREATE TABLE t (id int)')], effect());
    const edited = [sampleMigration(1, 'CREATE TABLE t (id bigint)'), sampleMigration(2, 'CREATE TABLE u (id int)')];
    expect((await running.api.plan(database, edited, signal)).checksumMismatches).toEqual([1]);
    await expect(running.api.migrate(database, edited, effect())).rejects.toMatchObject({ code: 'checksum-mismatch' });
    await expect(running.api.revert(database, edited, effect())).rejects.toMatchObject({ code: 'checksum-mismatch' });
    expect(await holds(client, `to_regclass('u') IS NULL`)).toBe(true);
  });

  it('refuses content that is not what its checksum says', async () => {
    const { database } = await fresh();
    const forged = { ...sampleMigration(1, 'SELECT 1'), up: 'SELECT 2' };
    await expect(running.api.migrate(database, [forged], effect())).rejects.toMatchObject({ code: 'checksum-wrong' });
  });

  it('refuses gaps, repeated versions and versions below what is applied, by name', async () => {
    const { database } = await fresh();
    const select = (version: number): ReturnType<typeof sampleMigration> => sampleMigration(version, 'SELECT 1');
    const refused = async (versions: readonly number[]): Promise<string> => {
      const given = versions.map((version, position) => ({ ...select(version), name: `m${position}` }));
      const failure: unknown = await running.api.plan(database, given, signal).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'out-of-order' });
      return failure instanceof Error ? failure.message : '';
    };
    expect(await refused([2])).toContain('2_m0 cannot follow version 0: version 1 is missing');
    expect(await refused([1, 3])).toContain('version 2 is missing');
    expect(await refused([1, 1])).toContain('Version 1 is given twice');
    await running.api.migrate(database, [select(1), select(2)], effect());
    expect(await refused([4])).toContain('version 3 is missing');
    expect((await running.api.plan(database, [select(3)], signal)).pending).toHaveLength(1);
  });
});

describe('applying', () => {
  it('answers a repeated key with what the first call did, and runs nothing again', async () => {
    const { database, client } = await fresh();
    const migrations = [sampleMigration(1, 'CREATE TABLE t (id int)'), sampleMigration(2, 'INSERT INTO t VALUES (1)')];
    const once = effect();
    const first = await running.api.migrate(database, migrations, once);
    expect(first.applied).toEqual([1, 2]);
    const again = await Promise.all([1, 2, 3].map(() => running.api.migrate(database, migrations, once)));
    expect(again).toEqual([first, first, first]);
    expect(await holds(client, '(SELECT count(*) FROM t) = 1')).toBe(true);
  });

  it('applies once when two processes are called with one key at the same time', async () => {
    const { database, client } = await fresh();
    const other = await bench.startFunction();
    const migrations = [sampleMigration(1, 'CREATE TABLE t (id int); SELECT pg_sleep(0.2); INSERT INTO t VALUES (1)')];
    const same = effect();
    const answers = await Promise.all([running, other].map((one) => one.api.migrate(database, migrations, same)));
    await other.kill();
    expect(answers[1]).toEqual(answers[0]);
    expect(await holds(client, '(SELECT count(*) FROM t) = 1')).toBe(true);
  });

  it('refuses a key that already stands for another request', async () => {
    const { database } = await fresh();
    const used = effect();
    await running.api.migrate(database, [sampleMigration(1, 'SELECT 1')], used);
    await expect(running.api.migrate(database, [sampleMigration(1, 'SELECT 2')], used)).rejects.toMatchObject({
      code: 'key-reused',
    });
  });

  it('keeps nothing of a failed migration and everything before it, and tells the statement and what Postgres said', async () => {
    const { database, client } = await fresh();
    const migrations = [
      sampleMigration(1, 'CREATE TABLE t (id int)'),
      sampleMigration(2, 'CREATE TABLE u (id int);\nSELECT 1 / 0;\nCREATE TABLE v (id int)'),
    ];
    const retried = effect();
    await expect(running.api.migrate(database, migrations, retried)).rejects.toMatchObject({
      code: 'sql-failed',
      message: 'Migration 2_step_2, line 2: division by zero',
      sqlState: '22012',
      statement: 'SELECT 1 / 0',
    });
    expect(await holds(client, `to_regclass('t') IS NOT NULL AND to_regclass('u') IS NULL`)).toBe(true);
    await expect(running.api.migrate(database, migrations, retried)).rejects.toMatchObject({ sqlState: '22012' });
    expect(await running.api.state(database, signal)).toMatchObject({ schemaVersion: 1, unfinished: [] });
  });

  it('reports an error that only the commit raises, and keeps nothing', async () => {
    const { database } = await fresh();
    const up = `CREATE TABLE p (id int PRIMARY KEY);
      CREATE TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED); INSERT INTO c VALUES (1)`;
    await expect(running.api.migrate(database, [sampleMigration(1, up)], effect())).rejects.toMatchObject({
      sqlState: '23503',
    });
    expect(await running.api.state(database, signal)).toMatchObject({ schemaVersion: 0 });
  });

  it('is not led astray by settings or roles that a migration changes', async () => {
    const { database, client } = await fresh();
    await client.query('CREATE ROLE nobody_special; GRANT CREATE ON SCHEMA public TO nobody_special');
    const migrations = [
      sampleMigration(
        1,
        `CREATE SCHEMA other; SET search_path TO other; SET ROLE nobody_special; SET statement_timeout = 1`,
      ),
      sampleMigration(2, 'SELECT pg_sleep(0.05); CREATE TABLE here (id int)'),
    ];
    expect((await running.api.migrate(database, migrations, effect())).applied).toEqual([1, 2]);
    expect(await holds(client, `to_regclass('public.here') IS NOT NULL`)).toBe(true);
  });

  it.each([
    ['BEGIN; SELECT 1', 'BEGIN is transaction control'],
    ['SELECT 1;\ncommit', 'line 2: COMMIT is transaction control'],
    ['\\i other.sql', 'psql command'],
    ['COPY t FROM STDIN', 'COPY from or to the client'],
    ['CREATE INDEX CONCURRENTLY i ON t (id)', '-- no-transaction'],
    ["SELECT 'open", 'never closed'],
  ])('refuses %j before anything runs', async (sql, reason) => {
    const { database, client } = await fresh();
    const migrations = [sampleMigration(1, 'CREATE TABLE t (id int)'), sampleMigration(2, sql)];
    const failure: unknown = await running.api.migrate(database, migrations, effect()).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'migration-refused' });
    expect(failure instanceof Error ? failure.message : '').toContain(reason);
    expect(await holds(client, `to_regclass('t') IS NULL`)).toBe(true);
  });

  it('runs statements that hold semicolons where a naive reader would cut', async () => {
    const { database, client } = await fresh();
    const up = `
      CREATE TABLE "semi;colon" (id int, note text DEFAULT E'it\\'s; fine'); -- a; comment
      /* nested /* ; */ ; */
      CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $body$ BEGIN RETURN 1; END; $body$;
      CREATE FUNCTION g(x int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN x > 0 THEN 1 ELSE 2 END; SELECT 3; END;
      CREATE RULE r AS ON DELETE TO "semi;colon" DO (SELECT 1; SELECT 2);
      INSERT INTO "semi;colon" (id) VALUES (f())`;
    await running.api.migrate(database, [sampleMigration(1, up)], effect());
    expect(await holds(client, `(SELECT note FROM "semi;colon") = 'it''s; fine' AND g(1) = 3`)).toBe(true);
  });
});

describe('locks', () => {
  it('gives up quickly while the application holds a lock, and succeeds once it lets go', async () => {
    const { database, client } = await fresh();
    await running.api.migrate(database, [sampleMigration(1, 'CREATE TABLE t (id int)')], effect());
    const application = await bench.connect(database);
    await application.query('BEGIN; LOCK TABLE t IN ACCESS SHARE MODE');
    const migrating = running.api.migrate(database, [sampleMigration(2, 'ALTER TABLE t ADD COLUMN n int')], effect());
    await until(() => runsStatement(client, 'ALTER TABLE t ADD'));
    await until(async () => !(await runsStatement(client, 'ALTER TABLE t ADD')));
    expect(
      await holds(client, `NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'n')`),
    ).toBe(true);
    await application.query('COMMIT');
    const { applied, longestLockMs } = await migrating;
    expect(applied).toEqual([2]);
    // The attempt that was given up waited, and whoever came after it waited behind it.
    expect(longestLockMs).toBeGreaterThanOrEqual(250);
  });

  it('gives up when the budget is spent, keeping nothing, and can be called again with the same key', async () => {
    const { database } = await fresh();
    const impatient = await bench.startFunction({ LOCK_TIMEOUT_SECONDS: '0.1', LOCK_BUDGET_SECONDS: '0.5' });
    await running.api.migrate(database, [sampleMigration(1, 'CREATE TABLE t (id int)')], effect());
    const application = await bench.connect(database);
    await application.query('BEGIN; LOCK TABLE t IN ACCESS SHARE MODE');
    const later = effect();
    const change = [sampleMigration(2, 'ALTER TABLE t ADD COLUMN n int')];
    await expect(impatient.api.migrate(database, change, later)).rejects.toMatchObject({
      code: 'lock-timeout',
      status: 503,
      sqlState: '55P03',
    });
    await application.query('COMMIT');
    expect((await impatient.api.migrate(database, change, later)).applied).toEqual([2]);
    await impatient.kill();
  });
});

describe('the fence', () => {
  it('refuses a lower one with the highest it has seen, for every write', async () => {
    const { database } = await fresh();
    await running.api.fence(database, effect(7));
    const stale = effect(6);
    const writes = [
      running.api.migrate(database, [sampleMigration(1, 'SELECT 1')], stale),
      running.api.revert(database, [], stale),
      running.api.backUp(database, stale),
      running.api.restore(database, 'some-backup', stale),
      running.api.fence(database, stale),
    ];
    for (const refused of await Promise.allSettled(writes)) {
      expect(refused).toMatchObject({ status: 'rejected', reason: { fence: 6, highest: 7 } });
      expect(refused.status === 'rejected' && refused.reason).toBeInstanceOf(StaleFenceError);
    }
    await running.api.migrate(database, [sampleMigration(1, 'SELECT 1')], effect(7));
  });

  it('is judged in the transaction that migrates: a raise that commits meanwhile stops it', async () => {
    const { database, client } = await fresh();
    await running.api.fence(database, effect(5));
    const rival = await bench.connect(database);
    await rival.query('BEGIN; UPDATE promotion_control.fence SET highest = 9');
    const migrating = running.api.migrate(database, [sampleMigration(1, 'CREATE TABLE t (id int)')], effect(5));
    const outcome = migrating.catch((error: unknown) => error);
    await until(() => runsStatement(client, 'INTO promotion_control.fence'));
    await rival.query('COMMIT');
    expect(await outcome).toMatchObject({ highest: 9 });
    expect(await holds(client, `to_regclass('t') IS NULL`)).toBe(true);
  });

  it('is not raised past a migration that is running: the raise answers when that has ended', async () => {
    const { database, client } = await fresh();
    const order: string[] = [];
    const up = 'CREATE TABLE t (id int); SELECT pg_sleep(0.5)';
    const migrating = running.api
      .migrate(database, [sampleMigration(1, up)], effect(1))
      .then(() => order.push('migrated'));
    await until(() => runsStatement(client, 'pg_sleep'));
    const raising = running.api.fence(database, effect(2)).then(() => order.push('raised'));
    await Promise.all([migrating, raising]);
    expect(order).toEqual(['migrated', 'raised']);
    await expect(running.api.migrate(database, [sampleMigration(2, 'SELECT 1')], effect(1))).rejects.toBeInstanceOf(
      StaleFenceError,
    );
  });
});

describe('reverting', () => {
  const migrations = [
    sampleMigration(1, 'CREATE TABLE t (id int)', { down: 'DROP TABLE t' }),
    sampleMigration(2, 'CREATE TABLE u (id int)', { down: 'DROP TABLE u' }),
    sampleMigration(3, 'CREATE TABLE v (id int)'),
  ];

  it('runs the down files newest first, once per key', async () => {
    const { database, client } = await fresh();
    await running.api.migrate(database, migrations.slice(0, 2), effect());
    const once = effect();
    expect(await running.api.revert(database, migrations.slice(0, 2), once)).toEqual({ reverted: [2, 1] });
    expect(await running.api.revert(database, migrations.slice(0, 2), once)).toEqual({ reverted: [2, 1] });
    expect(await holds(client, `to_regclass('t') IS NULL AND to_regclass('u') IS NULL`)).toBe(true);
    expect(await running.api.state(database, signal)).toMatchObject({ schemaVersion: 0 });
  });

  it('refuses before it starts when one has no down file, or when a newer one would stay', async () => {
    const { database } = await fresh();
    await running.api.migrate(database, migrations, effect());
    await expect(running.api.revert(database, migrations, effect())).rejects.toMatchObject({ code: 'no-down' });
    await expect(running.api.revert(database, migrations.slice(0, 1), effect())).rejects.toMatchObject({
      code: 'out-of-order',
    });
    expect(await running.api.state(database, signal)).toMatchObject({ schemaVersion: 3 });
  });

  it('does not let a late repetition say that something is applied which was taken back', async () => {
    const { database } = await fresh();
    const applying = effect();
    await running.api.migrate(database, migrations.slice(0, 1), applying);
    await running.api.revert(database, migrations.slice(0, 1), effect());
    await expect(running.api.migrate(database, migrations.slice(0, 1), applying)).rejects.toMatchObject({
      code: 'effect-undone',
    });
    expect((await running.api.migrate(database, migrations.slice(0, 1), effect())).applied).toEqual([1]);
  });
});
