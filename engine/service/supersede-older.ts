import type { Release } from '../release.ts';
import type { Actor } from '../workflow/actor.ts';
import { stepsToCompensate } from '../workflow/decide.ts';
import type { Definition } from '../workflow/definition.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { changePromotion, type ServiceContext } from './service-context.ts';

/** A newer release takes the place of an older one that only waits for its turn. */
export async function supersedeOlder(
  context: ServiceContext,
  actor: Actor,
  id: string,
  release: Release,
  definition: Definition,
): Promise<void> {
  const queued = await context.store.listPromotions({
    application: release.application,
    environment: definition.target.name,
    states: ['QUEUED'],
    limit: 100,
  });
  for (const older of queued.filter((each) => each.stateVersion <= context.stateVersion)) {
    const olderRelease = await context.store.loadRelease(older.releaseId);
    if (older.id === id || olderRelease === undefined || olderRelease.createdAt >= release.createdAt) continue;
    await changePromotion(context, older.id, (draft) => {
      if (!maySupersede(draft.record)) return;
      draft.append('superseded', actor, { by: id, release: release.name });
      draft.announce('promotion.ended', { state: 'SUPERSEDED', reason: `superseded by ${release.name} (${id})` });
      draft.moveTo('SUPERSEDED', actor);
    });
  }
}

/** A rollback, a hotfix, and what has changed the environment already, must go on to their end. */
function maySupersede(record: PromotionRecord): boolean {
  const { state, kind, lane, holdsSlot, rollback } = record;
  return (
    state === 'QUEUED' &&
    kind === 'promote' &&
    lane === 'normal' &&
    !holdsSlot &&
    rollback === undefined &&
    stepsToCompensate(record).length === 0
  );
}
