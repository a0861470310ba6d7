import { outcomeName, outcomeOf } from '../workflow/outcome.ts';
import { describePromotion } from '../workflow/describe-promotion.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { isEndState } from '../workflow/state.ts';
import type { Standing } from './scenario-schema.ts';

/** How a promotion stands, in a scenario's words. */
export function standingOfPromotion(record: PromotionRecord): Exclude<Standing, 'allowed'> {
  if (!isEndState(record.state)) return record.holdsSlot ? 'moving' : 'waiting';
  const outcome = outcomeOf(record);
  if (outcome === 'FAILED' && record.failure?.requirementsNotMet === true) return 'refused';
  const name = outcomeName(outcome);
  return name === 'succeeded' ? 'promoted' : name;
}

/** The engine's own words about how a promotion stands: what it waits for, or why it ended as it did. */
export function whyItStands(record: PromotionRecord, endReasons: readonly string[]): string {
  const { parked, failure, rollback, state } = record;
  if (!isEndState(state) && parked !== undefined) return parked.detail;
  const reasons = [
    ...(failure === undefined ? [] : [`${failure.step}: ${failure.error.message}`]),
    ...(rollback === undefined ? [] : [`taken back (${rollback.trigger}): ${rollback.reason}`]),
    ...endReasons,
  ];
  return reasons.length === 0 ? describePromotion(record) : reasons.join('; ');
}
