import type { Sight } from '../store/sight.ts';
import type { Actor } from '../workflow/actor.ts';
import { knownApplication, knownEnvironment } from './known-names.ts';
import { requireToLook } from './require-to-look.ts';
import type { ServiceContext } from './service-context.ts';

/** What somebody asks to look at; what is left out is every one. */
export interface AskedPlace {
  readonly application?: string | undefined;
  /** By name or alias. */
  readonly environment?: string | undefined;
}

/** The same by the names that the rules and the store have, with what of it whoever asks may see. */
export interface PlaceInSight {
  readonly application: string | undefined;
  readonly environment: string | undefined;
  readonly sight: Sight;
}

/**
 * What is asked for, by names that there are and no further than whoever asks may see.
 * @throws NotAuthorizedError, and only then UnknownNameError
 */
export async function placeInSight(
  context: ServiceContext,
  actor: Actor,
  { application, environment }: AskedPlace,
): Promise<PlaceInSight> {
  const scope = { application: application ?? '*', environment: environment ?? '*' };
  const sight = await requireToLook(context, actor, scope);
  return {
    application: application === undefined ? undefined : await knownApplication(context, application),
    environment: environment === undefined ? undefined : await knownEnvironment(context, environment),
    sight,
  };
}
