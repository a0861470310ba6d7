/** Every state a promotion can be in, in the order of a promotion that goes well (design, section 5). */
export const promotionStates = [
  'INITIALIZING',
  'VALIDATING_CONDITIONS',
  'PENDING_APPROVAL',
  'APPROVAL_GRANTED',
  'QUEUED',
  'VALIDATION_RUNNING',
  'VALIDATION_PASSED',
  'VALIDATION_FAILED',
  'PROMOTION_RUNNING',
  'PROMOTION_RETRYING',
  'PROMOTION_SUCCEEDED',
  'PROMOTION_FAILED',
  'TRIGGERING_DEPLOYMENT',
  'GENERATING_REPORTS',
  'NOTIFICATIONS_SENT',
  'COMPLETED_SUCCESSFULLY',
  'FAILED',
  'ROLLING_BACK',
  'ROLLED_BACK',
  'ROLLBACK_FAILED',
  'REJECTED',
  'EXPIRED',
  'CANCELLED',
  'SUPERSEDED',
] as const;

export type PromotionState = (typeof promotionStates)[number];

/** What a promotion ends in; only FAILED and ROLLBACK_FAILED can be taken up again, by an explicit retry. */
export const endStates = [
  'COMPLETED_SUCCESSFULLY',
  'FAILED',
  'ROLLED_BACK',
  'ROLLBACK_FAILED',
  'REJECTED',
  'EXPIRED',
  'CANCELLED',
  'SUPERSEDED',
] as const satisfies readonly PromotionState[];

export type EndState = (typeof endStates)[number];

export function isEndState(state: PromotionState): state is EndState {
  return (endStates as readonly PromotionState[]).includes(state);
}

const descriptions: Readonly<Record<PromotionState, string>> = {
  INITIALIZING: 'getting ready',
  VALIDATING_CONDITIONS: 'checking gates and rendering the plan',
  PENDING_APPROVAL: 'waiting for approval',
  APPROVAL_GRANTED: 'approved',
  QUEUED: 'waiting for its turn in the environment',
  VALIDATION_RUNNING: 'checking images and the plan again',
  VALIDATION_PASSED: 'checked',
  VALIDATION_FAILED: 'a check failed',
  PROMOTION_RUNNING: 'moving the release',
  PROMOTION_RETRYING: 'trying a step again',
  PROMOTION_SUCCEEDED: 'everything is in place for the deployment',
  PROMOTION_FAILED: 'a step failed',
  TRIGGERING_DEPLOYMENT: 'deploying and verifying',
  GENERATING_REPORTS: 'writing the report',
  NOTIFICATIONS_SENT: 'telling people',
  COMPLETED_SUCCESSFULLY: 'promoted',
  FAILED: 'failed',
  ROLLING_BACK: 'rolling back',
  ROLLED_BACK: 'rolled back',
  ROLLBACK_FAILED: 'rolling back failed: a person is needed',
  REJECTED: 'rejected',
  EXPIRED: 'expired while waiting for approval',
  CANCELLED: 'cancelled',
  SUPERSEDED: 'superseded by a newer release',
};

/** The state in words for people; machine names never stand alone. */
export function describeState(state: PromotionState): string {
  return descriptions[state];
}
