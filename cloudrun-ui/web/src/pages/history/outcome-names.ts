import type { Outcome } from '../../api/queries.ts';

/** In the order in which they are offered. */
export const outcomeNames = [
  'succeeded',
  'failed',
  'rolled-back',
  'rollback-failed',
  'rejected',
  'expired',
  'cancelled',
  'superseded',
] as const satisfies readonly Outcome[];
