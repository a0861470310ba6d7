import type { PromotionState } from './state.ts';

/**
 * Which state may follow which. The only place that says so: the workflow refuses any other move, and the tests walk
 * every pair.
 */
export const transitionTable: Readonly<Record<PromotionState, readonly PromotionState[]>> = {
  INITIALIZING: ['VALIDATING_CONDITIONS', 'QUEUED', 'GENERATING_REPORTS', 'FAILED', 'CANCELLED', 'SUPERSEDED'],
  VALIDATING_CONDITIONS: [
    'PENDING_APPROVAL',
    'VALIDATION_FAILED',
    'GENERATING_REPORTS',
    'REJECTED',
    'CANCELLED',
    'SUPERSEDED',
  ],
  PENDING_APPROVAL: [
    'APPROVAL_GRANTED',
    'VALIDATING_CONDITIONS',
    'GENERATING_REPORTS',
    'REJECTED',
    'EXPIRED',
    'CANCELLED',
    'SUPERSEDED',
  ],
  APPROVAL_GRANTED: ['QUEUED', 'GENERATING_REPORTS', 'REJECTED', 'CANCELLED', 'SUPERSEDED'],
  QUEUED: [
    'VALIDATION_RUNNING',
    'PROMOTION_RUNNING',
    'PROMOTION_FAILED',
    'ROLLING_BACK',
    'GENERATING_REPORTS',
    'REJECTED',
    'CANCELLED',
    'SUPERSEDED',
  ],
  VALIDATION_RUNNING: [
    'VALIDATION_PASSED',
    'VALIDATION_FAILED',
    'VALIDATING_CONDITIONS',
    'PROMOTION_FAILED',
    'REJECTED',
    'CANCELLED',
    'SUPERSEDED',
    'ROLLING_BACK',
  ],
  VALIDATION_PASSED: ['PROMOTION_RUNNING', 'CANCELLED', 'ROLLING_BACK'],
  VALIDATION_FAILED: ['VALIDATION_PASSED', 'PENDING_APPROVAL', 'GENERATING_REPORTS', 'CANCELLED'],
  PROMOTION_RUNNING: ['PROMOTION_RETRYING', 'PROMOTION_SUCCEEDED', 'PROMOTION_FAILED', 'ROLLING_BACK'],
  PROMOTION_RETRYING: ['PROMOTION_RUNNING', 'PROMOTION_SUCCEEDED', 'PROMOTION_FAILED', 'ROLLING_BACK'],
  PROMOTION_SUCCEEDED: ['TRIGGERING_DEPLOYMENT', 'GENERATING_REPORTS', 'ROLLING_BACK'],
  PROMOTION_FAILED: ['ROLLING_BACK', 'GENERATING_REPORTS', 'QUEUED'],
  TRIGGERING_DEPLOYMENT: ['GENERATING_REPORTS', 'PROMOTION_FAILED', 'ROLLING_BACK'],
  GENERATING_REPORTS: ['NOTIFICATIONS_SENT'],
  NOTIFICATIONS_SENT: ['COMPLETED_SUCCESSFULLY', 'FAILED', 'REJECTED', 'EXPIRED', 'CANCELLED'],
  COMPLETED_SUCCESSFULLY: [],
  FAILED: ['QUEUED', 'VALIDATING_CONDITIONS', 'INITIALIZING'],
  ROLLING_BACK: ['ROLLED_BACK', 'ROLLBACK_FAILED'],
  ROLLED_BACK: [],
  ROLLBACK_FAILED: ['ROLLING_BACK'],
  REJECTED: [],
  EXPIRED: [],
  CANCELLED: [],
  SUPERSEDED: [],
};

/** A move that the table does not allow: a defect of the workflow, never of the user's input. */
export class IllegalTransitionError extends Error {
  override readonly name = 'IllegalTransitionError';
  constructor(promotionId: string, from: PromotionState, to: PromotionState) {
    super(`${promotionId}: ${from} → ${to} is not in the transition table`);
  }
}

export function mayFollow(from: PromotionState, to: PromotionState): boolean {
  return transitionTable[from].includes(to);
}
