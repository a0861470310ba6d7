import type { StoredLogLine } from '../store/service-store.ts';
import type { Actor } from '../workflow/actor.ts';
import type { ChainedEvent } from '../workflow/transition.ts';
import type { NamedPromotion } from './page-promotions.ts';
import { viewPromotion } from './read-promotions.ts';
import type { ServiceContext } from './service-context.ts';

/** How far somebody has followed a promotion: the last entry of its trail, and the last line of its steps. */
export interface CoursePlace {
  readonly event: number;
  readonly line: number;
}

/** A promotion as it is, and what came behind a place. */
export interface Course extends NamedPromotion {
  readonly events: readonly ChainedEvent[];
  readonly lines: readonly StoredLogLine[];
  /** Whether there is more than was asked for, so that it is worth asking again at once. */
  readonly isCut: boolean;
}

/**
 * What came behind a place. Entries of a trail are a chain and lines of a promotion are stored one writer after the other,
 * so that nothing ever appears before a place that was answered.
 */
export async function readCourse(
  context: ServiceContext,
  actor: Actor,
  promotionId: string,
  after: CoursePlace,
  limit: number,
): Promise<Course> {
  const { store } = context;
  // The trail is read before the promotion: what is told of it as it is holds all that its entries say.
  const events = await store.events(promotionId, after.event);
  const lines = await store.logs(promotionId, after.line, limit + 1);
  const { promotion, release } = await viewPromotion(context, actor, promotionId);
  return {
    promotion,
    release: release.name,
    events,
    lines: lines.slice(0, limit),
    isCut: lines.length > limit,
  };
}
