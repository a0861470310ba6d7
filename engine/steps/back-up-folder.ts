import type { PromotionRecord } from '../workflow/promotion.ts';

/** Where the documents of a promotion's back-up are kept. */
export function backUpFolder(promotionId: string): string {
  return `backups-${promotionId}`;
}

/** The promotion whose back-up shows what the target was before anything that is taken back now. */
export function oldestTakenBack({ id, rollbackOf, rollback }: PromotionRecord): string {
  return rollback?.to?.promotions.at(-1)?.id ?? rollbackOf ?? id;
}
