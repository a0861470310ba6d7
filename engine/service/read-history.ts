import type { EndedPromotion } from '../store/history-store.ts';
import type { ListPlace } from '../store/list-place.ts';
import type { Actor } from '../workflow/actor.ts';
import { endCalled, type OutcomeName } from '../workflow/outcome.ts';
import { placeInSight } from './place-in-sight.ts';
import type { ServiceContext } from './service-context.ts';

export interface HistoryRequest {
  readonly application?: string | undefined;
  /** The target, by name or alias. */
  readonly environment?: string | undefined;
  /** They ended after it. */
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  readonly outcomes?: readonly OutcomeName[] | undefined;
  /** Only what stands behind this place. Default: from the beginning. */
  readonly before?: ListPlace | undefined;
  readonly limit: number;
}

export interface History {
  /** The newest end first. */
  readonly promotions: readonly EndedPromotion[];
  /** Whether there are more than were asked for. */
  readonly isCut: boolean;
}

/**
 * What was promoted, taken back or refused, over all applications that whoever asks may see unless one is named.
 * @throws UnknownNameError, NotAuthorizedError
 */
export async function readHistory(context: ServiceContext, actor: Actor, request: HistoryRequest): Promise<History> {
  const { since, until, outcomes, before, limit } = request;
  const found = await context.store.history.ended({
    ...(await placeInSight(context, actor, request)),
    since,
    until,
    states: outcomes?.map(endCalled),
    before,
    limit: limit + 1,
  });
  return { promotions: found.slice(0, limit), isCut: found.length > limit };
}
