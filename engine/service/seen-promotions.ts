import { NotAuthorizedError } from '../authorization.ts';
import type { Sight } from '../store/sight.ts';
import type { Actor } from '../workflow/actor.ts';
import { requireToLook } from './require-to-look.ts';
import type { ServiceContext } from './service-context.ts';

/** What somebody may see of all there is; no place: nothing. */
export async function sightOf(context: ServiceContext, actor: Actor): Promise<Sight> {
  try {
    return await requireToLook(context, actor, { application: '*', environment: '*' });
  } catch (error) {
    if (error instanceof NotAuthorizedError) return [];
    throw error;
  }
}

/** Of some promotions those that may be seen. */
export async function seenPromotions(
  { store }: ServiceContext,
  sight: Sight,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (sight === undefined || ids.length === 0) return ids;
  const seen = sight.length === 0 ? [] : await store.overview.summaries({ ids, sight, limit: ids.length });
  return seen.map(({ id }) => id);
}
