import { approvalWaitText, standingOf, type ApprovedChange, type Authored } from './approvals.ts';
import type { PromotionRecord } from './promotion.ts';
import type { Vote } from './step-queries.ts';

/**
 * A promotion that waits for its approval, telling what it waits for by the votes there are: what it noted when it began
 * to wait knows nothing of those given since, until a run looks at them.
 * @param votes of the promotion, in order.
 */
export function withVotesCounted<
  Waiting extends ApprovedChange & Pick<PromotionRecord, 'parked' | 'planHash' | 'state'>,
>(promotion: Waiting, release: Authored | undefined, votes: readonly Vote[]): Waiting {
  const { parked, planHash, state } = promotion;
  if (state !== 'PENDING_APPROVAL' || parked?.reason !== 'approval' || planHash === undefined) return promotion;
  const standing = standingOf({ ...promotion, planHash }, release, votes);
  switch (standing.kind) {
    case 'granted':
      return { ...promotion, parked: { ...parked, detail: 'every approval is given, and it goes on by itself' } };
    case 'waiting': {
      const detail = approvalWaitText(standing);
      // What it noted may also say why people are asked once more.
      return parked.detail.startsWith(detail) ? promotion : { ...promotion, parked: { ...parked, detail } };
    }
    case 'rejected':
      return promotion;
  }
}
