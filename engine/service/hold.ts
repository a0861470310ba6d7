import type { JsonObject } from '../json.ts';
import type { Hold } from '../schedule/schedule.ts';
import type { AdministrationEvent } from '../store/administration-store.ts';
import { isInSight } from '../store/sight.ts';
import type { Actor } from '../workflow/actor.ts';
import { storable } from '../workflow/storable.ts';
import { knownApplication, knownEnvironment, namedPlace } from './known-names.ts';
import { requireToLook } from './require-to-look.ts';
import type { ServiceContext } from './service-context.ts';
import { NotFoundError, RefusedError } from './service-errors.ts';

export interface HoldRequest {
  /** `*`: every application. */
  readonly application: string;
  readonly environment: string;
  readonly reason: string;
  /** Default: until somebody releases it. */
  readonly until?: Date | undefined;
}

/**
 * Pins an environment to its release: nothing is promoted into it, hotfixes included. What moves already goes on, and a
 * rollback is never held back. Held again, the new reason and end replace the old ones.
 */
export async function holdEnvironment(context: ServiceContext, actor: Actor, request: HoldRequest): Promise<Hold> {
  const { application, environment } = await placeOf(context, actor, request);
  const since = context.clock.now();
  const reason = storable(request.reason).trim();
  if (reason === '') throw new RefusedError('say why it is held, with --reason');
  const { until } = request;
  if (until !== undefined && until <= since) throw new RefusedError(`${until.toISOString()} is over already`);
  const hold = { application, environment, reason, heldBy: actor.id, since, until };
  await context.store.calendar.hold(hold, {
    at: since,
    type: 'environment-held',
    actor,
    data: { application, environment, reason, until: until?.toISOString() ?? null },
    announcement: announcementOf(actor, application, environment, {
      change: `holds it${until === undefined ? '' : ` until ${until.toISOString()}`}: ${reason}`,
      reason,
      until: until?.toISOString() ?? null,
    }),
  });
  return hold;
}

/** Lets promotions in again. @throws NotFoundError when it is not held, with what is */
export async function releaseEnvironment(
  context: ServiceContext,
  actor: Actor,
  place: { readonly application: string; readonly environment: string },
): Promise<void> {
  const { application, environment } = await placeOf(context, actor, place);
  const { calendar } = context.store;
  const isReleased = await calendar.releaseHold(application, environment, {
    at: context.clock.now(),
    type: 'environment-released',
    actor,
    data: { application, environment },
    announcement: announcementOf(actor, application, environment, { change: 'released it from its hold' }),
  });
  if (isReleased) return;
  const sight = await requireToLook(context, actor, { application: '*', environment });
  const standing = await calendar.holds({ environment });
  const seen = standing.filter((hold) => isInSight(sight, hold.application, environment));
  const others = seen.map((hold) => (hold.application === '*' ? 'every application' : hold.application));
  const what =
    application === '*'
      ? `${environment} is not held for every application`
      : `${application} is not held in ${environment}`;
  throw new NotFoundError(others.length === 0 ? `${what}; nothing is` : `${what}; held there: ${others.join(', ')}`);
}

function announcementOf(
  actor: Actor,
  application: string,
  environment: string,
  data: JsonObject,
): NonNullable<AdministrationEvent['announcement']> {
  return { type: 'hold.changed', body: { application, to: environment, by: actor.id, ...data } };
}

/** @throws UnknownNameError, NotAuthorizedError */
async function placeOf(
  context: ServiceContext,
  actor: Actor,
  place: { readonly application: string; readonly environment: string },
): Promise<{ readonly application: string; readonly environment: string }> {
  await context.authorizer.require(actor, 'hold', await namedPlace(context, place));
  const application = place.application === '*' ? '*' : await knownApplication(context, place.application);
  return { application, environment: await knownEnvironment(context, place.environment) };
}
