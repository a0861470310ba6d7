import type pg from 'pg';
import { revertResponseSchema } from '../../../engine/contract/database-function-api.ts';
import type { RevertRequest, RevertResponse, WireMigration } from '../../../engine/contract/database-function-api.ts';
import type { CallContext } from '../context.ts';
import { readApplied } from '../control/applied-migration.ts';
import type { AppliedMigration } from '../control/applied-migration.ts';
import { beginEffect, finishEffect, saveProgress } from '../control/effect.ts';
import type { EffectRequest } from '../control/effect.ts';
import { resetSession } from '../session.ts';
import { withChangeSession } from './change-session.ts';
import { fencedTransaction } from './fenced-transaction.ts';
import { placeOf, statementsOf } from './migration-script.ts';
import { refuseMismatches, revertibleOf } from './order.ts';
import { runOutsideTransaction } from './run-outside-transaction.ts';
import { runStatement } from './run-statement.ts';
import type { Statement } from './split-statements.ts';

/** Runs the down files of those of the given migrations that are applied, newest first. */
export async function revertMigrations(
  context: CallContext,
  database: string,
  request: RevertRequest,
): Promise<RevertResponse> {
  const effect: EffectRequest = {
    operation: 'revert',
    key: request.key,
    fence: request.fence,
    subject: request.migrations.map((migration) => [migration.version, migration.checksum]),
  };
  return await withChangeSession(context, database, async (session) => {
    const begun = await fencedTransaction(session, context, effect.fence, () =>
      beginEffect(session, effect, { reverted: [] } satisfies RevertResponse),
    );
    let progress = revertResponseSchema.parse(begun.value.result);
    if (begun.value.finished) return progress;
    const applied = await readApplied(session);
    refuseMismatches(applied, request.migrations);
    const chosen = revertibleOf(applied, request.migrations);
    // All of them are read before the first one runs: a missing down file must not leave the work half done.
    const scripts = new Map(chosen.map((migration) => [migration, statementsOf(migration, 'down')]));

    for (const migration of chosen) {
      context.signal.throwIfAborted();
      const row = applied.find((candidate) => candidate.version === migration.version);
      progress = { reverted: [...progress.reverted, migration.version] };
      const step = { session, context, effect, migration, progress, statements: scripts.get(migration) ?? [] };
      await (migration.transactional ? revertInside(step) : revertOutside(step, row));
      await resetSession(session);
    }
    await fencedTransaction(session, context, effect.fence, () => finishEffect(session, effect, progress));
    return progress;
  });
}

interface RevertStep {
  readonly session: pg.Client;
  readonly context: CallContext;
  readonly effect: EffectRequest;
  readonly migration: WireMigration;
  readonly statements: readonly Statement[];
  /** The effect's result once this migration is reverted. */
  readonly progress: RevertResponse;
}

async function revertInside(step: RevertStep): Promise<void> {
  const { session } = step;
  await fencedTransaction(session, step.context, step.effect.fence, async () => {
    for (const [index, statement] of step.statements.entries()) {
      await runStatement(session, statement, placeOf(step.migration, 'down', index, step.statements.length));
    }
    await session.query('RESET SESSION AUTHORIZATION');
    await recordReverted(step);
  });
}

async function revertOutside(step: RevertStep, row: AppliedMigration | undefined): Promise<void> {
  const { session, context, migration } = step;
  const { fence, key } = step.effect;
  const interrupted = row !== undefined && row.revertingKey !== null ? row : undefined;
  if (interrupted === undefined) {
    await fencedTransaction(session, context, fence, async () => {
      await session.query(
        `UPDATE promotion_control.migration SET reverting_key = $2, finished_at = NULL, statements_done = 0
         WHERE version = $1`,
        [migration.version, key],
      );
    });
  }
  await runOutsideTransaction(session, context, {
    placeOf: (index) => placeOf(migration, 'down', index, step.statements.length),
    statements: step.statements,
    fence,
    done: interrupted?.statementsDone ?? 0,
    resumed: interrupted !== undefined,
    saveDone: async (done) => {
      await session.query('UPDATE promotion_control.migration SET statements_done = $2 WHERE version = $1', [
        migration.version,
        done,
      ]);
    },
  });
  await fencedTransaction(session, context, fence, () => recordReverted(step));
}

async function recordReverted(step: RevertStep): Promise<void> {
  await step.session.query('DELETE FROM promotion_control.migration WHERE version = $1', [step.migration.version]);
  await saveProgress(step.session, step.effect, step.progress);
}
