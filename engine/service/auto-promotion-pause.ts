import type { Actor } from '../workflow/actor.ts';
import { knownApplication, knownEnvironment, namedPlace } from './known-names.ts';
import type { ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

/**
 * Lets verified releases move on by themselves again, which a rollback stops until a person has looked.
 * @throws RefusedError when it was not paused
 */
export async function resumeAutoPromotion(
  context: ServiceContext,
  actor: Actor,
  place: { readonly application: string; readonly environment: string },
): Promise<{ readonly application: string; readonly environment: string }> {
  await context.authorizer.require(actor, 'resume', await namedPlace(context, place));
  const application = await knownApplication(context, place.application);
  const environment = await knownEnvironment(context, place.environment);
  const isResumed = await context.store.calendar.resumeAutoPromotion(application, environment, {
    at: context.clock.now(),
    type: 'auto-promotion-resumed',
    actor,
    data: { application, environment },
  });
  if (!isResumed) throw new RefusedError(`auto-promotion of ${application} into ${environment} is not paused`);
  return { application, environment };
}
