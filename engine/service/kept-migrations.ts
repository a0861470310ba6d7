import { migrationsSince } from '../database/return-database.ts';
import type { Migration } from '../release.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { liveDatabase } from './live-database.ts';
import type { ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

/**
 * What somebody wishes who asks for the migrations of what was taken back already to be undone: taking back is done once,
 * by then other promotions may stand on what stayed, and the engine that ran it no longer says what is lost with it.
 * @throws RefusedError when it was taken back; it names what stayed, why, and what removes it.
 */
export async function refuseToUndoLater(context: ServiceContext, promotion: PromotionRecord): Promise<void> {
  const { id, application, toEnvironment, state, kind } = promotion;
  if (kind !== 'promote') return;
  const takenBack = await context.store.history.takenBack(application, toEnvironment);
  if (state !== 'ROLLED_BACK' && !takenBack.has(id)) return;
  const kept = await keptMigrations(context, promotion);
  if (kept.length === 0) {
    throw new RefusedError(`${id} was taken back already, and none of its migrations stayed; there is nothing to undo`);
  }
  const names = kept.map(({ version, name }) => `${String(version)} (${name})`).join(', ');
  const [them, files] = kept.length === 1 ? ['it', 'its down file is'] : ['them', 'their down files are'];
  const migrations = kept.length === 1 ? 'migration' : 'migrations';
  throw new RefusedError(
    `${id} was taken back already, and its ${migrations} ${names} stayed: the release before runs beside ${them}. A rollback is done once, so ${files} not run behind it, when others may use what stayed. It harms nothing: the next release that brings ${them} finds ${them} there. To be rid of ${them}, promote a release with a contract migration that removes what ${them} brought. A rollback that is to undo migrations says so at once: promote rollback <promotion> --undo-migrations`,
  );
}

/** Migrations that a promotion brought and that are in the database still. */
async function keptMigrations(
  context: ServiceContext,
  { releaseId, planHash, definition }: PromotionRecord,
): Promise<readonly Migration[]> {
  const { database } = definition.target;
  if (database === undefined) return [];
  const release = await context.store.loadRelease(releaseId);
  const plan = planHash === undefined ? undefined : await context.store.plan(planHash);
  if (release === undefined) return [];
  const { applied } = await liveDatabase(context, database);
  return migrationsSince(plan?.body, release, new Set(applied.map(({ version }) => version)));
}
