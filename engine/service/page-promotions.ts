import type { ListPlace } from '../store/list-place.ts';
import type { PromotionFilter } from '../store/service-store.ts';
import type { Actor } from '../workflow/actor.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { listPromotions } from './read-promotions.ts';
import type { ServiceContext } from './service-context.ts';

/** A promotion with what people call its release. */
export interface NamedPromotion {
  readonly promotion: PromotionRecord;
  readonly release: string;
}

export interface PromotionPage {
  /** Newest first. */
  readonly promotions: readonly NamedPromotion[];
  /** Where the next page goes on; undefined: there is none. */
  readonly next: ListPlace | undefined;
}

/** A part of a list of promotions, however long the list is. @throws UnknownNameError */
export async function pagePromotions(
  context: ServiceContext,
  actor: Actor,
  filter: PromotionFilter,
): Promise<PromotionPage> {
  const found = await listPromotions(context, actor, { ...filter, limit: filter.limit + 1 });
  const shown = found.slice(0, filter.limit);
  const last = shown.at(-1);
  return {
    promotions: await withReleaseNames(context, shown),
    next: found.length > shown.length && last !== undefined ? { at: last.createdAt, id: last.id } : undefined,
  };
}

/** Gives promotions the names of their releases. */
export async function withReleaseNames(
  { store }: ServiceContext,
  promotions: readonly PromotionRecord[],
): Promise<readonly NamedPromotion[]> {
  const names = await store.releaseNames([...new Set(promotions.map(({ releaseId }) => releaseId))]);
  return promotions.map((promotion) => ({
    promotion,
    release: names.get(promotion.releaseId) ?? promotion.releaseId,
  }));
}
