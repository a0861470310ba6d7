import type { PromotionFilter } from '../store/service-store.ts';
import type { Actor } from '../workflow/actor.ts';
import { placeInSight } from './place-in-sight.ts';
import type { ServiceContext } from './service-context.ts';

/**
 * What is asked for, by names that there are and no further than whoever asks may see.
 * @throws NotAuthorizedError; UnknownNameError for an application or environment that there is not; aliases are understood.
 */
export async function filterInSight(
  context: ServiceContext,
  actor: Actor,
  { application, environment, ...rest }: PromotionFilter,
): Promise<PromotionFilter> {
  const { sight, ...named } = await placeInSight(context, actor, { application, environment });
  return {
    ...rest,
    ...(sight === undefined ? {} : { sight }),
    ...(named.application === undefined ? {} : { application: named.application }),
    ...(named.environment === undefined ? {} : { environment: named.environment }),
  };
}
