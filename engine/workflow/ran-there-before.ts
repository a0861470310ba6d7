import type { PromotionRecord } from './promotion.ts';
import type { DeployedRelease } from './step-queries.ts';

/**
 * Whether a release came to an environment in another way, too, than by the promotion that is taken back: what belongs
 * to it there then stays.
 * @param taker the rollback, or the promotion that takes itself back.
 */
export function ranThereBefore(
  deployed: readonly DeployedRelease[],
  taker: Pick<PromotionRecord, 'id' | 'releaseId' | 'rollbackOf'>,
): boolean {
  const takenBack = taker.rollbackOf ?? taker.id;
  return deployed.some(({ release, promotionId }) => release.id === taker.releaseId && promotionId !== takenBack);
}
