/** What a promotion, a step or an environment is in, as the reader is told everywhere. */
export type StatusKind =
  'promoted' | 'running' | 'waiting' | 'failed' | 'rolled-back' | 'drifted' | 'held' | 'idle' | 'ended';

export const statusWords: Readonly<Record<StatusKind, string>> = {
  promoted: 'Promoted',
  running: 'Running',
  waiting: 'Waiting',
  failed: 'Failed',
  'rolled-back': 'Rolled back',
  drifted: 'Drifted',
  held: 'Held',
  idle: 'Nothing yet',
  ended: 'Ended',
};

/** Red is kept for what needs somebody; a promotion that ended without a change (rejected, superseded) is only over. */
export function statusOfState(state: string, isParked: boolean): StatusKind {
  switch (state) {
    case 'COMPLETED_SUCCESSFULLY':
      return 'promoted';
    case 'ROLLED_BACK':
      return 'rolled-back';
    case 'FAILED':
    case 'ROLLBACK_FAILED':
    case 'VALIDATION_FAILED':
    case 'PROMOTION_FAILED':
      return 'failed';
    case 'REJECTED':
    case 'EXPIRED':
    case 'CANCELLED':
    case 'SUPERSEDED':
      return 'ended';
    case 'PENDING_APPROVAL':
    case 'QUEUED':
      return 'waiting';
    default:
      return isParked ? 'waiting' : 'running';
  }
}
