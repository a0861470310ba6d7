import type { PromotionRecord } from './promotion.ts';
import { endStates, isEndState, type EndState } from './state.ts';

/** What people call the ends of a promotion, in commands and in metrics. */
export const outcomeNames = [
  'succeeded',
  'failed',
  'rolled-back',
  'rollback-failed',
  'rejected',
  'expired',
  'cancelled',
  'superseded',
] as const;
export type OutcomeName = (typeof outcomeNames)[number];

const namesOfEnds: Readonly<Record<EndState, OutcomeName>> = {
  COMPLETED_SUCCESSFULLY: 'succeeded',
  FAILED: 'failed',
  ROLLED_BACK: 'rolled-back',
  ROLLBACK_FAILED: 'rollback-failed',
  REJECTED: 'rejected',
  EXPIRED: 'expired',
  CANCELLED: 'cancelled',
  SUPERSEDED: 'superseded',
};

export function outcomeName(state: EndState): OutcomeName {
  return namesOfEnds[state];
}

/** The end that a name means. */
export function endCalled(name: OutcomeName): EndState {
  const state = endStates.find((each) => namesOfEnds[each] === name);
  if (state === undefined) throw new Error(`no promotion ends as ${name}`);
  return state;
}

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
