import { describePromotion } from '../workflow/describe-promotion.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

/** The same release is on its way along the same path already: a second promotion of it would only do it again. */
export class OnItsWayError extends RefusedError {
  /** @param release its name. @param way the promotion that has not ended. */
  constructor(
    release: string,
    way: Pick<PromotionRecord, 'id' | 'fromEnvironment' | 'toEnvironment' | 'kind' | 'state' | 'parked'>,
  ) {
    const { id, fromEnvironment, toEnvironment } = way;
    super(
      `${release} is on its way from ${fromEnvironment} to ${toEnvironment} already: ${id} (${describePromotion(way)}). promote status ${id} shows it, promote logs ${id} --follow sees it end; to ask anew, end it first: promote cancel ${id}`,
      true,
    );
  }
}

const mostActive = 1000;

/**
 * What failed may not be tried again while another promotion of its release is on the same way.
 * @throws OnItsWayError
 */
export async function refuseWhenOnItsWay({ store }: ServiceContext, record: PromotionRecord): Promise<void> {
  const { id, application, releaseId, fromEnvironment, toEnvironment, kind, isDryRun } = record;
  if (kind !== 'promote' || isDryRun) return;
  const active = await store.listPromotions({
    application,
    environment: toEnvironment,
    kinds: ['promote'],
    isActive: true,
    limit: mostActive,
  });
  const way = active.find(
    (other) =>
      other.id !== id &&
      other.releaseId === releaseId &&
      other.fromEnvironment === fromEnvironment &&
      !other.isDryRun &&
      other.rollback === undefined,
  );
  if (way === undefined) return;
  const release = await store.loadRelease(releaseId);
  throw new OnItsWayError(release?.name ?? releaseId, way);
}
