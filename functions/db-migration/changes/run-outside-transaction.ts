import type pg from 'pg';
import type { CallContext } from '../context.ts';
import { findIndex, indexBuiltConcurrently, indexDroppedConcurrently, relationExists } from './concurrent-index.ts';
import { fencedTransaction } from './fenced-transaction.ts';
import { withLockRetry } from './lock-retry.ts';
import { mayCommit, mustRunOutside } from './migration-script.ts';
import { runStatement, type StatementPlace } from './run-statement.ts';
import type { Statement } from './split-statements.ts';

export interface OutsideRun {
  /** @param index of a statement, from 0. */
  readonly placeOf: (index: number) => StatementPlace;
  readonly statements: readonly Statement[];
  readonly fence: number;
  /** How many statements an earlier run is known to have done. */
  readonly done: number;
  /** Whether an earlier run was interrupted, so that the next statement may have been done without being recorded. */
  readonly resumed: boolean;
  /** Records the count of done statements, in the transaction that is open. */
  readonly saveDone: (done: number) => Promise<void>;
}

/**
 * Runs statement by statement. Those that Postgres takes inside a transaction commit together with their record, so
 * they run once; the others run between two short transactions, and what an interrupted one left is cleared up.
 * @returns the longest that one of the transactions held its locks, in milliseconds
 */
export async function runOutsideTransaction(
  session: pg.Client,
  context: CallContext,
  run: OutsideRun,
): Promise<number> {
  let longest = 0;
  for (const [position, statement] of run.statements.entries()) {
    if (position < run.done) continue;
    const fenced = async (work: () => Promise<void>): Promise<void> => {
      const { lockedMs } = await fencedTransaction(session, context, run.fence, work);
      longest = Math.max(longest, lockedMs);
    };
    if (!mustRunOutside(statement) && !mayCommit(statement)) {
      await fenced(async () => {
        await runStatement(session, statement, run.placeOf(position));
        await run.saveDone(position + 1);
      });
      continue;
    }
    await fenced(() => Promise.resolve());
    const mayBeDone = run.resumed && position === run.done;
    if (!(mayBeDone && (await clearInterrupted(session, statement)))) {
      await runAlone(session, context, statement, run.placeOf(position));
    }
    await fenced(() => run.saveDone(position + 1));
  }
  return longest;
}

/** No lock timeout: a concurrent build waits for old transactions by design, and blocks nobody while it does. */
async function runAlone(
  session: pg.Client,
  context: CallContext,
  statement: Statement,
  place: StatementPlace,
): Promise<void> {
  await withLockRetry(context, async () => {
    try {
      await runStatement(session, statement, place);
    } catch (error) {
      await clearInterrupted(session, statement).catch(() => undefined);
      throw error;
    }
  });
}

/**
 * Drops the invalid index that an interrupted build left.
 * @returns whether the statement turns out to be done already
 */
async function clearInterrupted(session: pg.Client, statement: Statement): Promise<boolean> {
  const dropped = indexDroppedConcurrently(statement);
  if (dropped !== undefined) return !(await relationExists(session, dropped));
  const built = indexBuiltConcurrently(statement);
  if (built === undefined || built === 'unnamed') return false;
  const found = await findIndex(session, built);
  if (found === undefined) return false;
  if (!found.valid) await session.query(`DROP INDEX CONCURRENTLY IF EXISTS ${found.name}`);
  return found.valid;
}
