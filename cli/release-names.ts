import type { PromotionRecord } from '../engine/promotion-service.ts';
import type { Session } from './session.ts';

/** A promotion with what people call its release. */
export interface NamedPromotion {
  readonly promotion: PromotionRecord;
  readonly release: string;
}

/** Gives promotions the names of their releases, with one question an application. */
export async function withReleaseNames(
  session: Session,
  promotions: readonly PromotionRecord[],
): Promise<readonly NamedPromotion[]> {
  const names = new Map<string, string>();
  for (const application of new Set(promotions.map((each) => each.application))) {
    const releases = await session.service.releases(session.actor, application);
    for (const { id, name } of releases) names.set(id, name);
  }
  return promotions.map((promotion) => ({
    promotion,
    release: names.get(promotion.releaseId) ?? promotion.releaseId,
  }));
}
