import type { PromotionFilter } from '../store/service-store.ts';
import type { Actor } from '../workflow/actor.ts';
import { knownApplication, knownEnvironment } from './known-names.ts';
import { requireToLook } from './require-to-look.ts';
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
  const sight = await requireToLook(context, actor, {
    application: application ?? '*',
    environment: environment ?? '*',
  });
  return {
    ...rest,
    ...(sight === undefined ? {} : { sight }),
    ...(application === undefined ? {} : { application: await knownApplication(context, application) }),
    ...(environment === undefined ? {} : { environment: await knownEnvironment(context, environment) }),
  };
}
