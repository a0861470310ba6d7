import type { PromotionRecord } from './promotion.ts';

/**
 * How long a promotion took, in milliseconds: from the request to its end, or to what happened last as long as it goes
 * on, without the time that it lay failed before somebody had it go on, which is no work and no wait of its own.
 */
export function timeTakenMs({
  createdAt,
  updatedAt,
  endedAt,
  layFailedMs = 0,
}: Pick<PromotionRecord, 'createdAt' | 'updatedAt' | 'endedAt' | 'layFailedMs'>): number {
  return Math.max(0, (endedAt ?? updatedAt).getTime() - createdAt.getTime() - layFailedMs);
}
