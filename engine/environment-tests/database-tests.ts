import type { DatabaseHealth } from '../database/database-function.ts';
import { inspectDatabase } from '../inspection/inspect-environment.ts';
import type { TestContext, TestResult } from './environment-test.ts';
import { resultsOf } from './results.ts';

const { passed, failed, untested } = resultsOf('database');

/** The database answers, is where its migrations left it, suits what runs on it, and has the tables that it must have. */
export async function* databaseTests(context: TestContext): AsyncIterable<TestResult> {
  const { application, target, ports, signal } = context;
  const report = await inspectDatabase(ports, target.database, signal);
  if (report === undefined) {
    yield untested('database', `the rules give ${application} no database in ${target.name}`);
    return;
  }
  const { name } = report;
  if (!report.isReachable) {
    const remedy = `see that its server runs and that the secret ${name} of the database-migration function is right; promote doctor looks at both`;
    yield failed(`${name} answers`, report.why, remedy);
    return;
  }
  const { connectMs, queryMs } = report;
  yield passed(`${name} answers`, `connected in ${rounded(connectMs)} ms, a query takes ${rounded(queryMs)} ms`);
  yield migrationsTest(context, report);
  if (context.release?.content.database !== undefined) yield schemaVersionTest(context, report);
  yield* tableTests(context, report);
}

function migrationsTest({ target }: TestContext, { unfinished, schemaVersion }: DatabaseHealth): TestResult {
  const test = 'every migration is finished';
  if (unfinished.length === 0) return passed(test, `schema version ${String(schemaVersion)}`);
  return failed(
    test,
    `migration ${unfinished.join(', ')} was begun and never finished`,
    `look at what it did, then take the promotion up again that began it: promote list --env ${target.name}, promote retry <promotion>`,
  );
}

function schemaVersionTest(
  { application, target, release }: TestContext,
  { schemaVersion }: DatabaseHealth,
): TestResult {
  const { min = 0, max = 0 } = release?.content.database?.schemaRange ?? {};
  const test = `the schema is one that ${release?.name ?? ''} runs on`;
  const range = `version ${String(schemaVersion)}, it runs on ${String(min)} to ${String(max)}`;
  if (schemaVersion >= min && schemaVersion <= max) return passed(test, range);
  return failed(
    test,
    range,
    `find out who changed it: promote changed --since 7d --env ${target.name}; promote rollback ${application} --env ${target.name} --list says what fits`,
  );
}

function* tableTests({ application, target, testing }: TestContext, { tables }: DatabaseHealth): Iterable<TestResult> {
  if (testing.expectedTables.length === 0) {
    yield untested('expected tables', `the rules name no expectedTables of ${target.name}`);
  }
  for (const expected of testing.expectedTables) {
    const test = `table ${expected}`;
    const [first = '', second] = expected.split('.');
    const found = tables.find(({ schema, name, isInSearchPath }) =>
      second === undefined ? name === first && isInSearchPath : schema === first && name === second,
    );
    if (found === undefined) {
      yield failed(
        test,
        `${target.database ?? ''} has no such table`,
        `run the migration that makes it: promote run ${application} --to ${target.name}; or correct expectedTables in the rules`,
      );
    } else if (!found.isReadable) {
      yield failed(
        test,
        'this login may not read it',
        `give the login of ${target.database ?? ''} the right to: GRANT SELECT ON ${expected} TO its role`,
      );
    } else {
      const key = found.hasPrimaryKey ? 'with a primary key' : 'without a primary key';
      yield passed(test, `${String(found.columns)} columns, ${key}`);
    }
  }
}

function rounded(milliseconds: number): string {
  return milliseconds < 10 ? milliseconds.toFixed(1) : String(Math.round(milliseconds));
}
