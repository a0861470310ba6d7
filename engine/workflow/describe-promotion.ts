import type { PromotionRecord } from './promotion.ts';
import { describeState, type PromotionState } from './state.ts';

/** What the states of a contract run are, where they differ from those of a promotion. */
const contractStates: Readonly<Partial<Record<PromotionState, string>>> = {
  INITIALIZING: 'waiting for the undo window to end',
  VALIDATING_CONDITIONS: 'waiting for the undo window to end',
  VALIDATION_RUNNING: 'checking that the release still runs',
  PROMOTION_RUNNING: 'running contract migrations',
  PROMOTION_SUCCEEDED: 'contract migrations ran',
  TRIGGERING_DEPLOYMENT: 'checking the services',
  COMPLETED_SUCCESSFULLY: 'contract migrations ran',
  SUPERSEDED: 'not needed any more',
};

/** The state of a promotion in words for people, by what kind of promotion it is. */
export function describePromotion({ kind, state }: Pick<PromotionRecord, 'kind' | 'state'>): string {
  return (kind === 'contract' ? contractStates[state] : undefined) ?? describeState(state);
}
