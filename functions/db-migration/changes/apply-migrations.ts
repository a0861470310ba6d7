import type pg from 'pg';
import { migrateResponseSchema } from '../../../engine/contract/database-function-api.ts';
import type { MigrateRequest, MigrateResponse, WireMigration } from '../../../engine/contract/database-function-api.ts';
import type { CallContext } from '../context.ts';
import { readApplied } from '../control/applied-migration.ts';
import type { AppliedMigration } from '../control/applied-migration.ts';
import { beginEffect, finishEffect, saveProgress } from '../control/effect.ts';
import type { EffectRequest } from '../control/effect.ts';
import { FunctionError } from '../function-error.ts';
import { resetSession } from '../session.ts';
import { fencedTransaction } from './fenced-transaction.ts';
import { placeOf, statementsOf } from './migration-script.ts';
import type { Statement } from './split-statements.ts';
import { pendingOf, refuseMismatches } from './order.ts';
import { runOutsideTransaction } from './run-outside-transaction.ts';
import { runStatement } from './run-statement.ts';
import { withChangeSession } from './change-session.ts';

/** Applies the pending ones of the given migrations, lowest version first. */
export async function applyMigrations(
  context: CallContext,
  database: string,
  request: MigrateRequest,
): Promise<MigrateResponse> {
  const scripts = new Map(request.migrations.map((migration) => [migration, statementsOf(migration, 'up')]));
  const effect: EffectRequest = {
    operation: 'migrate',
    key: request.key,
    fence: request.fence,
    subject: request.migrations.map((migration) => [migration.version, migration.checksum]),
  };
  return await withChangeSession(context, database, async (session) => {
    const begun = await fencedTransaction(session, context, effect.fence, () =>
      beginEffect(session, effect, { applied: [], longestLockMs: 0 } satisfies MigrateResponse),
    );
    const progress = migrateResponseSchema.parse(begun.value.result);
    const applied = await readApplied(session);
    refuseUndone(effect, progress, applied);
    if (begun.value.finished) return progress;
    refuseMismatches(applied, request.migrations);

    const run = new ApplyRun(session, context, effect, progress);
    for (const migration of pendingOf(applied, request.migrations)) {
      context.signal.throwIfAborted();
      const earlier = applied.find((row) => row.version === migration.version);
      await run.apply(migration, scripts.get(migration) ?? [], earlier);
      await resetSession(session);
    }
    return await run.finish();
  });
}

/** A late repetition must not answer that something is applied which was taken back since. */
function refuseUndone(effect: EffectRequest, progress: MigrateResponse, applied: readonly AppliedMigration[]): void {
  const finished = new Set(applied.filter((row) => row.finishedAt !== null).map((row) => row.version));
  const undone = progress.applied.filter((version) => !finished.has(version));
  if (undone.length === 0) return;
  throw new FunctionError(
    'effect-undone',
    `What was applied under the key "${effect.key}" was taken back since (version ${undone.join(', ')}). To apply it again, use a new key.`,
  );
}

class ApplyRun {
  readonly #session: pg.Client;
  readonly #context: CallContext;
  readonly #effect: EffectRequest;
  #progress: MigrateResponse;

  constructor(session: pg.Client, context: CallContext, effect: EffectRequest, progress: MigrateResponse) {
    this.#session = session;
    this.#context = context;
    this.#effect = effect;
    this.#progress = progress;
  }

  async apply(
    migration: WireMigration,
    statements: readonly Statement[],
    earlier: AppliedMigration | undefined,
  ): Promise<void> {
    const lockedMs =
      migration.transactional && earlier === undefined
        ? await this.#applyInside(migration, statements)
        : await this.#applyOutside(migration, statements, earlier);
    this.#progress = this.#with(migration.version, lockedMs);
  }

  async finish(): Promise<MigrateResponse> {
    await fencedTransaction(this.#session, this.#context, this.#effect.fence, () =>
      finishEffect(this.#session, this.#effect, this.#progress),
    );
    return this.#progress;
  }

  async #applyInside(migration: WireMigration, statements: readonly Statement[]): Promise<number> {
    const session = this.#session;
    const { lockedMs } = await fencedTransaction(session, this.#context, this.#effect.fence, async (soFar) => {
      for (const [index, statement] of statements.entries()) {
        await runStatement(session, statement, placeOf(migration, 'up', index, statements.length));
      }
      // The migration may have changed the role; what follows is this function's own work.
      await session.query('RESET SESSION AUTHORIZATION');
      await this.#record(migration, true);
      await saveProgress(session, this.#effect, this.#with(migration.version, soFar()));
    });
    return lockedMs;
  }

  async #applyOutside(
    migration: WireMigration,
    statements: readonly Statement[],
    earlier: AppliedMigration | undefined,
  ): Promise<number> {
    const session = this.#session;
    const { fence } = this.#effect;
    if (earlier === undefined) {
      await fencedTransaction(session, this.#context, fence, () => this.#record(migration, false));
    }
    const longest = await runOutsideTransaction(session, this.#context, {
      placeOf: (index) => placeOf(migration, 'up', index, statements.length),
      statements,
      fence,
      done: earlier?.statementsDone ?? 0,
      resumed: earlier !== undefined,
      saveDone: async (done) => {
        await session.query('UPDATE promotion_control.migration SET statements_done = $2 WHERE version = $1', [
          migration.version,
          done,
        ]);
      },
    });
    await fencedTransaction(session, this.#context, fence, async () => {
      await session.query(
        `UPDATE promotion_control.migration SET finished_at = clock_timestamp(), promotion_key = $2 WHERE version = $1`,
        [migration.version, this.#effect.key],
      );
      await saveProgress(session, this.#effect, this.#with(migration.version, longest));
    });
    return longest;
  }

  #with(version: number, lockedMs: number): MigrateResponse {
    const { applied, longestLockMs } = this.#progress;
    return { applied: [...applied, version], longestLockMs: Math.max(longestLockMs, Math.ceil(lockedMs)) };
  }

  async #record(migration: WireMigration, finished: boolean): Promise<void> {
    await this.#session.query(
      `INSERT INTO promotion_control.migration (version, name, kind, checksum, promotion_key, finished_at)
       VALUES ($1, $2, $3, $4, $5, CASE WHEN $6 THEN clock_timestamp() END)`,
      [migration.version, migration.name, migration.kind, migration.checksum, this.#effect.key, finished],
    );
  }
}
