import type { ParkReason, PromotionRecord } from './promotion.ts';
import { describeState, isEndState, type PromotionState } from './state.ts';

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

/** Waits that the state alone tells wrongly or not at all. */
const waits: Readonly<Partial<Record<ParkReason, string>>> = {
  approval: 'waiting for approval',
  checklist: 'waiting for the checklist',
  window: 'waiting for its window',
  slot: 'waiting for its turn in the environment',
  manual: 'waiting for a person',
  soak: 'soaking',
  retry: 'waiting to be tried again',
};

/** What of a promotion the words for its state are made of. */
export type Standing = Pick<PromotionRecord, 'kind' | 'state'> &
  Partial<Pick<PromotionRecord, 'parked' | 'rollback'>> & {
    readonly definition?: Pick<PromotionRecord['definition'], 'approvalStages'> | undefined;
  };

/** How a promotion stands in words for people: by its kind, by what it waits for, and by whether somebody cancelled it. */
export function describePromotion({ kind, state, parked, rollback, definition }: Standing): string {
  if (parked !== undefined && !isEndState(state)) {
    const waiting = waits[parked.reason];
    if (waiting !== undefined) return waiting;
  }
  if (state === 'PENDING_APPROVAL' && definition?.approvalStages.length === 0) return 'going on without approval';
  if (rollback?.trigger === 'cancel') {
    if (state === 'ROLLED_BACK') return 'cancelled and taken back';
    if (state === 'ROLLING_BACK') return 'cancelled, being taken back';
  }
  return (kind === 'contract' ? contractStates[state] : undefined) ?? describeState(state);
}
