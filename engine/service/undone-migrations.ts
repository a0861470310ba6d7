import { chooseSchemaReturn, keepsUndone, migrationsBeyondNeed } from '../database/choose-schema-return.ts';
import type { SchemaReturn } from '../database/choose-schema-return.ts';
import { migrationsSince } from '../database/return-database.ts';
import type { Migration } from '../release.ts';
import type { RollbackChoice, RollbackWords } from './choose-rollback.ts';
import { liveDatabase } from './live-database.ts';
import type { ServiceContext } from './service-context.ts';
import { NotFoundError, RefusedError } from './service-errors.ts';

/**
 * How the schema goes back where somebody wishes the migrations of what is taken back undone. Reads only.
 * Source: seed 2, "Database Rollback", without losing a write (design, section 5).
 * @throws RefusedError before anything when one of them cannot be undone, or only with a loss that nobody accepted; it
 *   names what to type instead.
 */
export async function planUndoneMigrations(
  context: ServiceContext,
  choice: RollbackChoice,
  words: Omit<RollbackWords, 'promotionId'>,
): Promise<SchemaReturn> {
  const { promotion, takesBack, returnsTo } = choice;
  const { database } = promotion.definition.target;
  if (database === undefined) {
    throw new RefusedError(
      `${promotion.toEnvironment} has no database, so there are no migrations to undo; without --undo-migrations: ${commandOf(choice)}`,
    );
  }
  const release = await context.store.loadRelease(promotion.releaseId);
  if (release === undefined) throw new NotFoundError(`release ${promotion.releaseId} is not in the store`);
  const live = await liveDatabase(context, database);
  const { planHash } = takesBack.at(-1) ?? promotion;
  const plan = planHash === undefined ? undefined : await context.store.plan(planHash);
  const migrations = migrationsSince(plan?.body, release, new Set(live.applied.map(({ version }) => version)));
  if (migrations.length === 0 || returnsTo === undefined) return { kind: 'keep', reason: 'no migration ran' };
  const asked = migrationsBeyondNeed(returnsTo.release, migrations);
  const isLossAccepted = words.acceptsDataLoss ?? false;
  const kept = asked.filter((each) => keepsUndone(each, isLossAccepted) !== undefined);
  if (kept.length > 0) {
    const without = chooseSchemaReturn(returnsTo.release, live.schemaVersion, migrations, {
      acceptsDataLoss: isLossAccepted,
    });
    throw new RefusedError(refusal(choice, kept, isLossAccepted, without.kind !== 'refuse'));
  }
  return chooseSchemaReturn(returnsTo.release, live.schemaVersion, migrations, {
    acceptsDataLoss: isLossAccepted,
    undoesMigrations: true,
  });
}

function refusal(
  choice: RollbackChoice,
  kept: readonly Migration[],
  isLossAccepted: boolean,
  returnsWithThem: boolean,
): string {
  const { promotion, returnsTo } = choice;
  const reasons = kept.map(
    (each) => `migration ${String(each.version)} (${each.name}) stays: ${keepsUndone(each, isLossAccepted) ?? ''}`,
  );
  const command = commandOf(choice);
  const ways = [
    ...(returnsWithThem
      ? [
          `${returnsTo?.release.name ?? 'The release before'} runs beside the schema as it is, and returns with: ${command}`,
        ]
      : []),
    ...(kept.every(({ down }) => down !== undefined)
      ? [`To undo it with that loss: ${command} --undo-migrations --accept-loss`]
      : []),
  ];
  return `nothing was changed in ${promotion.toEnvironment}. ${sentence(reasons.join('; '))}. ${ways.join('. ')}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** What takes the same back and lets the schema stay. */
function commandOf({ promotion, to, kind }: RollbackChoice): string {
  const { id, application, toEnvironment } = promotion;
  return to === undefined || kind === 'turn-round'
    ? `promote rollback ${id}`
    : `promote rollback ${application} --env ${toEnvironment} --to ${to.release}`;
}
