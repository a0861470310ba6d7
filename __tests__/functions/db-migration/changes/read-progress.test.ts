import { jest } from '@jest/globals';
import { readMark } from '../../../../functions/db-migration/changes/progress-mark.ts';
import type { DatabaseProgress } from '../../../../engine/database/database-function.ts';
import type { Effect } from '../../../../engine/workflow/fence.ts';
import { DatabaseFunctionBench, type FunctionProcess } from '../../../support/database-function-process.ts';
import { holds, until } from '../../../support/database-probe.ts';
import { sampleMigration } from '../../../support/sample-migration.ts';

// Real processes on a shared machine: the limit only ends what hangs.
jest.setTimeout(120_000);

let bench: DatabaseFunctionBench;
let running: FunctionProcess;
beforeAll(async () => {
  bench = await DatabaseFunctionBench.start();
  running = await bench.startFunction({ LOCK_TIMEOUT_SECONDS: '5', LOCK_BUDGET_SECONDS: '60' });
});
afterAll(() => bench.stop());

const { signal } = new AbortController();
let keys = 0;
const effect = (): Effect => ({ key: `promotion-${String(++keys)}:migrate`, fence: 1, signal });

describe('how far the changes of a database have come', () => {
  it('is nothing of one that was never changed, which is left as it is', async () => {
    const database = await bench.createDatabase();
    expect(await running.api.progress(database, signal)).toEqual({ applied: [], running: null });
    const client = await bench.connect(database);
    expect(await holds(client, `to_regnamespace('promotion_control') IS NULL`)).toBe(true);
  });

  it.each([
    ['inside a transaction', true],
    ['outside of one', false],
  ])('is what is applied and the statement that runs, %s, and that it waits for a lock', async (_, transactional) => {
    const database = await bench.createDatabase();
    const client = await bench.connect(database);
    const one = sampleMigration(1, 'CREATE TABLE t (id int)');
    const two = sampleMigration(2, 'CREATE TABLE u (); ALTER TABLE t ADD x int; SELECT 1', { transactional });
    await running.api.migrate(database, [one], effect());
    await client.query('BEGIN');
    await client.query('LOCK TABLE t');
    const migrating = running.api.migrate(database, [one, two], effect());
    let seen: DatabaseProgress | undefined;
    await until(async () => {
      seen = await running.api.progress(database, signal);
      return seen.running?.waitsForLock === true;
    });
    expect(seen).toMatchObject({
      applied: [1],
      running: { version: 2, direction: 'up', statement: 2, of: 3, indexPercent: null },
    });
    await client.query('COMMIT');
    expect(await migrating).toMatchObject({ applied: [2] });
    expect(await running.api.progress(database, signal)).toEqual({ applied: [1, 2], running: null });
  });

  it('is told of what is undone, too', async () => {
    const database = await bench.createDatabase();
    const client = await bench.connect(database);
    const one = sampleMigration(1, 'CREATE TABLE t (id int)', { down: 'SELECT 1; DROP TABLE t' });
    await running.api.migrate(database, [one], effect());
    await client.query('BEGIN');
    await client.query('LOCK TABLE t');
    const reverting = running.api.revert(database, [one], effect());
    await until(async () => {
      const { running: now } = await running.api.progress(database, signal);
      return now?.direction === 'down' && now.statement === 2;
    });
    await client.query('COMMIT');
    await reverting;
  });
});

describe('the name that a session gives its program', () => {
  it('says a statement of a migration, or nothing', () => {
    expect(readMark('promotion-db-migration up 4 2/5')).toEqual({ version: 4, direction: 'up', statement: 2, of: 5 });
    for (const name of ['', 'psql', 'promotion-db-migration', 'promotion-db-migration up 4']) {
      expect(readMark(name)).toBeUndefined();
    }
  });
});
