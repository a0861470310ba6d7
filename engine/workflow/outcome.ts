import type { PromotionRecord } from './promotion.ts';
import { isEndState, type EndState } from './state.ts';

/**
 * What a promotion ends in, or will once what is left of it (reporting, telling people) is done. Asked before that, by
 * whoever writes down how it went, it is what `decide` leads to from there.
 */
export function outcomeOf(promotion: Pick<PromotionRecord, 'state' | 'rollback' | 'failure'>): EndState {
  const { state, rollback, failure } = promotion;
  if (isEndState(state)) return state;
  if (rollback !== undefined) return 'ROLLED_BACK';
  return failure === undefined ? 'COMPLETED_SUCCESSFULLY' : 'FAILED';
}
