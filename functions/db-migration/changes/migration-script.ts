import { migrationChecksum } from '../../../engine/contract/database-function-api.ts';
import type { WireMigration } from '../../../engine/contract/database-function-api.ts';
import { FunctionError } from '../function-error.ts';
import { indexBuiltConcurrently } from './concurrent-index.ts';
import type { StatementPlace } from './run-statement.ts';
import { splitStatements } from './split-statements.ts';
import type { Statement } from './split-statements.ts';
import { SqlSyntaxError } from './sql-scanner.ts';

export type Direction = 'up' | 'down';

/** How a migration is called in messages: `3_add_index`. */
export function labelOf(migration: Pick<WireMigration, 'version' | 'name'>): string {
  return `${migration.version}_${migration.name}`;
}

/** @param index of the statement, from 0. */
export function placeOf(
  migration: Pick<WireMigration, 'version' | 'name'>,
  direction: Direction,
  index: number,
  of: number,
): StatementPlace {
  const label = direction === 'up' ? labelOf(migration) : `${labelOf(migration)} (down)`;
  return { label, version: migration.version, direction, statement: index + 1, of };
}

/**
 * The statements of one direction, after checking that they may run as a migration: the bytes are those of the
 * checksum, nothing ends the transaction they run in, and nothing in it needs to be outside one.
 * @throws FunctionError `checksum-wrong`, `migration-refused`, `no-down`
 */
export function statementsOf(migration: WireMigration, direction: Direction): readonly Statement[] {
  const label = labelOf(migration);
  if (migrationChecksum(migration.up, migration.down) !== migration.checksum) {
    throw new FunctionError(
      'checksum-wrong',
      `Migration ${label} does not carry the bytes that its checksum was computed from. Make the release again.`,
    );
  }
  const sql = direction === 'up' ? migration.up : migration.down;
  if (sql === undefined) {
    throw new FunctionError('no-down', `Migration ${label} has no down file, so it cannot be reverted.`);
  }
  const refuse = (line: number, reason: string): FunctionError =>
    new FunctionError('migration-refused', `Migration ${label} (${direction}), line ${line}: ${reason}.`);
  let statements: readonly Statement[];
  try {
    statements = splitStatements(sql);
  } catch (error) {
    throw error instanceof SqlSyntaxError ? refuse(error.line, error.message) : error;
  }
  for (const statement of statements) {
    const reason = refusalOf(statement, migration.transactional);
    if (reason !== undefined) throw refuse(statement.line, reason);
  }
  return statements;
}

function refusalOf(statement: Statement, transactional: boolean): string | undefined {
  const { head } = statement;
  const phrase = TRANSACTION_CONTROL.find((words) => words.every((word, position) => head[position] === word));
  if (phrase !== undefined) {
    return `${phrase.join(' ')} is transaction control, which belongs to the function; a file that cannot run in one transaction begins with "-- no-transaction"`;
  }
  if (head[0] === 'COPY' && (head.includes('STDIN') || head.includes('STDOUT'))) {
    return 'COPY from or to the client needs psql; use INSERT';
  }
  if (transactional && mustRunOutside(statement)) {
    return `${head.slice(0, 3).join(' ')} cannot run inside a transaction; put "-- no-transaction" at the top of the file`;
  }
  if (indexBuiltConcurrently(statement) === 'unnamed') {
    return 'CREATE INDEX CONCURRENTLY needs a name for the index, so that an interrupted build can be found and dropped';
  }
  return undefined;
}

const TRANSACTION_CONTROL: readonly (readonly string[])[] = [
  ['BEGIN'],
  ['START', 'TRANSACTION'],
  ['COMMIT'],
  ['END'],
  ['ROLLBACK'],
  ['ABORT'],
  ['SAVEPOINT'],
  ['RELEASE'],
  ['PREPARE', 'TRANSACTION'],
  ['SET', 'TRANSACTION'],
  ['SET', 'LOCAL', 'TRANSACTION'],
  ['SET', 'SESSION', 'CHARACTERISTICS'],
  ['DISCARD'],
];

/** Whether Postgres refuses the statement inside a transaction. */
export function mustRunOutside(statement: Statement): boolean {
  const { head } = statement;
  const first = head[0] ?? '';
  if (['VACUUM', 'CLUSTER'].includes(first)) return true;
  if (['CREATE', 'DROP', 'REINDEX'].includes(first)) {
    if (head.slice(0, 6).includes('CONCURRENTLY')) return !head.includes('MATERIALIZED');
    if (['DATABASE', 'TABLESPACE', 'SUBSCRIPTION'].includes(head[1] ?? '')) return true;
    return first === 'REINDEX' && ['DATABASE', 'SYSTEM', 'SCHEMA'].includes(head[1] ?? '');
  }
  if (first === 'ALTER' && head[1] === 'SYSTEM') return true;
  return first === 'ALTER' && head[1] === 'TABLE' && head.includes('DETACH') && head.includes('CONCURRENTLY');
}

/** Whether the statement may itself commit, so that it is better left outside a transaction in a file that allows it. */
export function mayCommit(statement: Statement): boolean {
  return statement.head[0] === 'CALL' || statement.head[0] === 'DO';
}
