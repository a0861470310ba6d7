import type { Actor } from '../workflow/actor.ts';
import { mayHaveChangedTarget, stepsToCompensate } from '../workflow/decide.ts';
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
  refuseToTurnRound(draft.record);
  draft.requestRollback({ ...request, requestedBy: actor.id, at: context.clock.now() }, actor);
  draft.makeDue();
}

/** @throws RefusedError when a promotion cannot be turned round any more. */
export function refuseToTurnRound(record: PromotionRecord): void {
  const { id, state, kind } = record;
  if (isEndState(state)) throw new RefusedError(`${id} has ended already`);
  if (kind === 'rollback') {
    throw new RefusedError(
      `${id} is a rollback; a rollback is never turned round. See it end: promote logs ${id} --follow`,
    );
  }
  if (record.rollback !== undefined) {
    throw new RefusedError(`${id} is being taken back already; see it end: promote logs ${id} --follow`);
  }
  if (kind === 'contract' && mayHaveChangedTarget(record)) {
    throw new RefusedError(`${id} runs contract migrations right now, which nothing takes back; wait for it`);
  }
  if (state === 'GENERATING_REPORTS' || state === 'NOTIFICATIONS_SENT') {
    throw new RefusedError(`${id} is ending right now; ${onceItHasEnded(record)}`);
  }
}

/** What is left to do behind a promotion that cannot be turned round because it ends. */
function onceItHasEnded(record: PromotionRecord): string {
  const { id, toEnvironment, failure } = record;
  if (stepsToCompensate(record).length === 0) {
    return `it has changed nothing in ${toEnvironment}, so there is nothing to take back. See it end: promote logs ${id} --follow`;
  }
  const how = failure === undefined ? 'wait for it' : 'it has failed; wait for its end';
  return `${how}, then roll it back: promote rollback ${id}`;
}
