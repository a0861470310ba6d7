import { counted } from '../wording/counted.ts';
import { z } from 'zod';
import type { Migration, Release } from '../release.ts';
import type { StepContext } from '../workflow/step-definition.ts';
import { targetStepOf } from '../workflow/target-step.ts';
import { chooseSchemaReturn, type SchemaReturn } from './choose-schema-return.ts';

/** How the database follows a rollback: nothing, another schema under the same rows, or the rows of the back-up. */
export type DatabaseReturn =
  | SchemaReturn
  | { readonly kind: 'none'; readonly reason: string }
  | { readonly kind: 'restore'; readonly backupId: string };

/** The undoing would lose rows or values, and no person has said that they may be lost. */
export class LossNotAcceptedError extends Error {
  override readonly name = 'LossNotAcceptedError';

  constructor(reason: string) {
    super(`${reason}. A person must decide: promote rollback --accept-loss`);
  }
}

/** How the undoing of a migration is told that left the schema as it was; nothing was undone then. */
export const keptSchema = 'kept the schema';

const backUpSchema = z.looseObject({ databaseBackup: z.string().nullish() });
const plannedSchema = z.looseObject({ database: z.looseObject({ schemaVersion: z.number() }).optional() });

/**
 * Decides how the database of a rollback's target comes to suit the release that returns. Reads only; asked again when a
 * part of it is done, it answers what is left.
 */
export async function planDatabaseReturn(
  context: StepContext<unknown>,
  returnTo: () => Promise<Release>,
): Promise<DatabaseReturn> {
  const { promotion, ports, effect } = context;
  const name = promotion.definition.target.database;
  if (name === undefined) return { kind: 'none', reason: 'there is no database' };
  if (promotion.rollback?.restoresDatabase === true) {
    const { databaseBackup } = backUpSchema.parse(targetStepOf(promotion.steps)?.output ?? {});
    if (typeof databaseBackup !== 'string')
      throw new Error('there is no back-up of the database that could be put back');
    return { kind: 'restore', backupId: databaseBackup };
  }
  const { schemaVersion, applied } = await ports.database.state(name, effect.signal);
  const migrations = await migrationsToTakeBack(context, new Set(applied.map(({ version }) => version)));
  if (migrations.length === 0) return { kind: 'none', reason: 'no migration ran' };
  return chooseSchemaReturn(await returnTo(), schemaVersion, migrations, promotion.rollback ?? {});
}

/**
 * Whether the release that runs cannot go on while the database changes: its rows are replaced, or something comes back
 * that it was built to do without. Everything stops then, and nothing is written between the two.
 */
export function needsStop(plan: DatabaseReturn): boolean {
  switch (plan.kind) {
    case 'none':
    case 'keep':
    case 'refuse':
      return false;
    case 'revert':
      return plan.migrations.some(({ kind }) => kind === 'contract');
    case 'restore':
      return true;
  }
}

/**
 * Carries it out; the same again changes nothing.
 * @returns what was done, in words. @throws LossNotAcceptedError
 */
export async function returnDatabase(context: StepContext<unknown>, plan: DatabaseReturn): Promise<string> {
  const { promotion, ports, effect, log } = context;
  const name = promotion.definition.target.database ?? '';
  switch (plan.kind) {
    case 'none':
      return plan.reason;
    case 'keep':
      return `${keptSchema}: ${plan.reason}; no row is lost`;
    case 'revert': {
      const { reverted } = await ports.database.revert(name, plan.migrations, effect);
      log(`reverted migrations ${reverted.join(', ')}`);
      const loss = plan.migrations.some(({ downLosesData }) => downLosesData)
        ? 'what was written into what they brought is lost, as was accepted'
        : 'no row is lost';
      return `took back ${String(plan.migrations.length)} migration${plan.migrations.length === 1 ? '' : 's'}; ${loss}`;
    }
    case 'restore': {
      // One key for whoever does it first: put back twice, it would discard what was written in between.
      const key = `${promotion.id}:restore-database`;
      const { rows } = await ports.database.restore(name, plan.backupId, { ...effect, key });
      log(`put back the backup ${plan.backupId}: ${counted(rows, 'row')}`);
      return `put back the backup with ${counted(rows, 'row')}; what was written since is lost`;
    }
    case 'refuse':
      throw new LossNotAcceptedError(plan.reason);
  }
}

/**
 * The migrations that are undone with a promotion, of those that are applied. From the plan, so that they are known even
 * when the step was cut off before it could say.
 */
export async function migrationsToTakeBack(
  { promotion, release, queries }: StepContext<unknown>,
  applied: ReadonlySet<number>,
): Promise<readonly Migration[]> {
  const plan = promotion.planHash === undefined ? undefined : await queries.plan(promotion.planHash);
  return migrationsSince(plan?.body, release, applied);
}

/** @param planBody of the oldest promotion that is taken back: it says how the schema was before. */
export function migrationsSince(
  planBody: unknown,
  release: Release,
  applied: ReadonlySet<number>,
): readonly Migration[] {
  const before = plannedSchema.parse(planBody ?? {}).database?.schemaVersion;
  if (before === undefined) return [];
  return (release.content.database?.migrations ?? []).filter(({ version }) => version > before && applied.has(version));
}
