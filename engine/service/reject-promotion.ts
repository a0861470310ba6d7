import type { Release } from '../release.ts';
import type { Actor } from '../workflow/actor.ts';
import { behindTheChange, isInStage, personKey, rejectionText, stagePeopleText } from '../workflow/approvals.ts';
import { mayHaveChangedTarget } from '../workflow/decide.ts';
import type { ApprovalStage } from '../workflow/definition.ts';
import { describePromotion } from '../workflow/describe-promotion.ts';
import type { Draft } from '../workflow/draft.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { isEndState } from '../workflow/state.ts';
import { RefusedError } from './service-errors.ts';

/**
 * The stage in whose name somebody says no. Whoever may approve any stage may reject at any time before something is
 * changed, also when it waits for its checklist, window or turn, and also after having approved.
 * @param held roles that he holds there.
 * @throws RefusedError
 */
export function stageToReject(
  actor: Actor,
  held: readonly string[],
  record: PromotionRecord,
  release: Release | undefined,
): ApprovalStage {
  if (behindTheChange(record, release).has(personKey(actor.id))) {
    throw new RefusedError(
      `${actor.id} asked for this change or wrote it; somebody else must decide, and promote cancel ${record.id} withdraws it`,
    );
  }
  const { approvalStages } = record.definition;
  const stage = approvalStages.find((each) => isInStage(each, actor.id, held));
  if (stage !== undefined) return stage;
  const asked = approvalStages.map((each) => `${each.name} is for ${stagePeopleText(each)}`).join(', ');
  throw new RefusedError(`${actor.id} is asked in no stage of ${record.id}: ${asked}`);
}

/** @throws RefusedError when there is nothing to reject: nobody is asked, it has ended, or it has changed something. */
export function refuseToReject(record: PromotionRecord): asserts record is PromotionRecord & { planHash: string } {
  const { id, definition, planHash, state, failure, rollback } = record;
  if (isEndState(state)) throw new RefusedError(`${id} has ended already (${describePromotion(record)})`);
  if (definition.approvalStages.length === 0) {
    throw new RefusedError(`nobody is asked to approve ${id}; promote cancel ${id} stops it`);
  }
  if (planHash === undefined) {
    throw new RefusedError(`${id} does not wait for an approval yet; promote cancel ${id} stops it`);
  }
  if (failure !== undefined || rollback !== undefined || mayHaveChangedTarget(record)) {
    throw new RefusedError(
      `it is too late to reject ${id} (${describePromotion(record)}); promote cancel ${id} stops it`,
    );
  }
}

/** Ends a promotion for good, in the transition that keeps the vote: there is no moment in which it could still go on. */
export function endRejected(draft: Draft, actor: Actor, comment: string | undefined): void {
  const reason = rejectionText({ actor: actor.id, comment });
  draft.append('ended', actor, { reason });
  draft.announce('promotion.ended', { state: 'REJECTED', reason });
  draft.releaseSlot(actor);
  draft.moveTo('REJECTED', actor);
}
