import type { DatabaseHealth } from '../../../engine/database/database-function.ts';
import { databaseTests } from '../../../engine/environment-tests/database-tests.ts';
import { MemoryDatabase } from '../../support/memory-database.ts';
import { sampleRelease } from '../workflow/sample-promotion.ts';
import { environment, linesOf, resultsOf, testContext, testing } from './tested-environment.ts';

const table = (name: string, more: Partial<DatabaseHealth['tables'][number]> = {}) => ({
  schema: 'public',
  name,
  columns: 3,
  hasPrimaryKey: true,
  isInSearchPath: true,
  isReadable: true,
  ...more,
});
const well: DatabaseHealth = {
  connectMs: 8,
  queryMs: 0.4,
  sizeBytes: 1,
  schemaVersion: 3,
  unfinished: [],
  tables: [table('orders'), table('invoices', { schema: 'billing', isInSearchPath: false, hasPrimaryKey: false })],
};
const onSchema = (min: number, max: number) => ({
  ...sampleRelease,
  content: { ...sampleRelease.content, database: { schemaRange: { min, max }, migrations: [] } },
});

function context(health: Partial<DatabaseHealth> | Error, expectedTables: readonly string[] = []) {
  const database = Object.assign(new MemoryDatabase(), {
    health: () => (health instanceof Error ? Promise.reject(health) : Promise.resolve({ ...well, ...health })),
  });
  return testContext({
    target: environment('dev', { database: 'shop-dev' }),
    testing: testing({ expectedTables: [...expectedTables] }),
    release: onSchema(2, 3),
    ports: { database },
  });
}

describe('tests of the database', () => {
  it('pass when it answers, is migrated, suits what runs, and has every table that it must have', async () => {
    expect(await linesOf(databaseTests, context({}, ['orders', 'billing.invoices']))).toEqual([
      'shop-dev answers: passed, connected in 8.0 ms, a query takes 0.4 ms',
      'every migration is finished: passed, schema version 3',
      'the schema is one that v2 runs on: passed, version 3, it runs on 2 to 3',
      'table orders: passed, 3 columns, with a primary key',
      'table billing.invoices: passed, 3 columns, without a primary key',
    ]);
  });

  it('fail when it does not answer, and test no more of it', async () => {
    const results = await resultsOf(databaseTests, context(new Error('could not be reached (ECONNREFUSED)')));
    expect(results).toMatchObject([
      { name: 'shop-dev answers', verdict: 'failed', detail: 'could not be reached (ECONNREFUSED)' },
    ]);
  });

  it('fail for a table that is missing, hidden in another schema, or not readable', async () => {
    const tables = [...well.tables, table('secrets', { isReadable: false })];
    const lines = await linesOf(databaseTests, context({ tables }, ['customers', 'invoices', 'secrets']));
    expect(lines.slice(3)).toEqual([
      'table customers: failed, shop-dev has no such table',
      'table invoices: failed, shop-dev has no such table',
      'table secrets: failed, this login may not read it',
    ]);
  });

  it('fail for a migration that was never finished, and for a schema that the release does not run on', async () => {
    const lines = await linesOf(databaseTests, context({ unfinished: [4], schemaVersion: 4 }));
    expect(lines.slice(1, 3)).toEqual([
      'every migration is finished: failed, migration 4 was begun and never finished',
      'the schema is one that v2 runs on: failed, version 4, it runs on 2 to 3',
    ]);
    expect(lines[3]).toMatch(/^expected tables: untested/);
  });

  it('test nothing where there is no database', async () => {
    expect(await linesOf(databaseTests, testContext())).toEqual([
      'database: untested, the rules give shop no database in dev',
    ]);
  });
});
