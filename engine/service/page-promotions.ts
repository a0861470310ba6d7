import type { ListPlace } from '../store/list-place.ts';
import type { PromotionSummary } from '../store/overview-store.ts';
import type { PromotionFilter } from '../store/service-store.ts';
import type { Actor } from '../workflow/actor.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { filterInSight } from './filter-in-sight.ts';
import type { ServiceContext } from './service-context.ts';

/** A promotion with what people call its release. */
export interface NamedPromotion {
  readonly promotion: PromotionRecord;
  readonly release: string;
}

export interface PromotionPage<Listed> {
  /** Newest first. */
  readonly promotions: readonly Listed[];
  /** Where the next page goes on; undefined: there is none. */
  readonly next: ListPlace | undefined;
}

/** A part of a list of promotions, however long the list is. @throws UnknownNameError */
export async function pagePromotions(
  context: ServiceContext,
  actor: Actor,
  filter: PromotionFilter,
): Promise<PromotionPage<PromotionSummary>> {
  const seen = await filterInSight(context, actor, filter);
  return pageOf(await context.store.overview.summaries(oneMore(seen)), filter.limit);
}

/** The same, each promotion with its steps. @throws UnknownNameError */
export async function pagePromotionsWithSteps(
  context: ServiceContext,
  actor: Actor,
  filter: PromotionFilter,
): Promise<PromotionPage<NamedPromotion>> {
  const seen = await filterInSight(context, actor, filter);
  const { promotions, next } = pageOf(await context.store.listPromotions(oneMore(seen)), filter.limit);
  return { promotions: await withReleaseNames(context, promotions), next };
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

/** Whether there is a next page is seen by whether there is one promotion more. */
function oneMore(filter: PromotionFilter): PromotionFilter {
  return { ...filter, limit: filter.limit + 1 };
}

function pageOf<Listed extends Pick<PromotionRecord, 'id' | 'createdAt'>>(
  found: readonly Listed[],
  limit: number,
): PromotionPage<Listed> {
  const promotions = found.slice(0, limit);
  const last = promotions.at(-1);
  return {
    promotions,
    next: found.length > limit && last !== undefined ? { at: last.createdAt, id: last.id } : undefined,
  };
}
