import type { PromotionRecord } from '../engine/promotion-service.ts';

/**
 * Which promotions were taken back since, each with the rollback that did it. A rollback is always newer than what it
 * takes back, so it is among the promotions of any list that begins with the newest and names the target of both.
 */
export function takenBackSince(promotions: readonly PromotionRecord[]): ReadonlyMap<string, string> {
  const by = new Map<string, string>();
  for (const { id, kind, state, rollbackOf, rollback } of promotions) {
    if (kind !== 'rollback' || state !== 'ROLLED_BACK') continue;
    const taken = [rollbackOf, ...(rollback?.to?.promotions.map((each) => each.id) ?? [])];
    for (const promotion of taken) if (promotion !== undefined && !by.has(promotion)) by.set(promotion, id);
  }
  return by;
}
