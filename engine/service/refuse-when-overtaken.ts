import type { PromotionRecord, StepRecord } from '../workflow/promotion.ts';
import { isTargetStep } from '../workflow/target-step.ts';
import type { ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

/**
 * A promotion that ended and left its slot may not be taken up again once another has changed the environment.
 * @throws RefusedError
 */
export async function refuseWhenOvertaken(context: ServiceContext, record: PromotionRecord): Promise<void> {
  const { id, application, toEnvironment, endedAt } = record;
  if (endedAt === undefined) return;
  const others = await context.store.listPromotions({ application, environment: toEnvironment, limit: 50 });
  const newer = others.find((other) => {
    if (other.id === id) return false;
    return (
      other.holdsSlot || (other.endedAt !== undefined && other.endedAt > endedAt && other.steps.some(changedTheTarget))
    );
  });
  if (newer !== undefined) {
    throw new RefusedError(`${newer.id} has changed ${toEnvironment} since; ask for a new promotion`);
  }
}

/** Nothing is changed before the target was backed up or noted, and behind that anything may have been. */
function changedTheTarget(step: StepRecord): boolean {
  return isTargetStep(step) && step.status === 'done';
}
