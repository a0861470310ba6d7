import type { Actor } from '../workflow/actor.ts';
import { mayHaveChangedTarget } from '../workflow/decide.ts';
import type { Draft } from '../workflow/draft.ts';
import type { PromotionRecord, RollbackRequest } from '../workflow/promotion.ts';
import { isEndState } from '../workflow/state.ts';
import { storable } from '../workflow/storable.ts';
import { changePromotion, loadPromotion, type ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

/** Stops a promotion: before it changed anything it just ends, afterwards it takes back what it did. */
export async function cancelPromotion(
  context: ServiceContext,
  actor: Actor,
  id: string,
  reason: string,
): Promise<PromotionRecord> {
  const { application, toEnvironment } = await loadPromotion(context, id);
  await context.authorizer.require(actor, 'cancel', { application, environment: toEnvironment });
  return changePromotion(context, id, (draft) => {
    turnRound(draft, actor, { trigger: 'cancel', reason: storable(reason), acceptsDataLoss: false }, context);
  });
}

/** Has a promotion that has not ended take itself back. @throws RefusedError when it cannot be turned round any more. */
export function turnRound(
  draft: Draft,
  actor: Actor,
  request: Omit<RollbackRequest, 'at' | 'requestedBy'>,
  context: Pick<ServiceContext, 'clock'>,
): void {
  const { record } = draft;
  if (isEndState(record.state)) throw new RefusedError(`${record.id} has ended already`);
  if (record.kind === 'rollback')
    throw new RefusedError(`${record.id} is a rollback; a rollback is never turned round`);
  if (record.rollback !== undefined) throw new RefusedError(`${record.id} is being taken back already`);
  if (record.kind === 'contract' && mayHaveChangedTarget(record)) {
    throw new RefusedError(`${record.id} runs contract migrations right now, which nothing takes back; wait for it`);
  }
  if (record.state === 'GENERATING_REPORTS' || record.state === 'NOTIFICATIONS_SENT') {
    throw new RefusedError(`${record.id} is ending right now; wait for it, then roll it back`);
  }
  draft.requestRollback({ ...request, requestedBy: actor.id, at: context.clock.now() }, actor);
  draft.makeDue();
}
