import { randomUUID } from 'node:crypto';
import type { DeclaredFreeze } from '../schedule/schedule.ts';
import { isInSight, type Sight } from '../store/sight.ts';
import type { Actor } from '../workflow/actor.ts';
import { storable } from '../workflow/storable.ts';
import { knownApplication, knownEnvironment, namedPlace } from './known-names.ts';
import { requireToLook } from './require-to-look.ts';
import { sightOf } from './seen-promotions.ts';
import type { ServiceContext } from './service-context.ts';
import { NotFoundError, RefusedError, suggestionFor, UnclearRequestError } from './service-errors.ts';

export interface FreezeRequest {
  readonly name: string;
  /** Default: every application. */
  readonly application?: string | undefined;
  /** Default: every environment. */
  readonly environment?: string | undefined;
  readonly reason: string;
  /** Default: now. */
  readonly from?: Date | undefined;
  /** Exclusive. */
  readonly to: Date;
  /** Whether the hotfix lane stays open. Default: true. */
  readonly exceptHotfix?: boolean;
}

/** Declares a span in which nothing moves, beside those in the rules. @throws RefusedError */
export async function declareFreeze(
  context: ServiceContext,
  actor: Actor,
  request: FreezeRequest,
): Promise<DeclaredFreeze> {
  const { application: app, environment: env } = request;
  await context.authorizer.require(actor, 'freeze', await namedPlace(context, request));
  const application = app === undefined ? '*' : await knownApplication(context, app);
  const environment = env === undefined ? '*' : await knownEnvironment(context, env);
  const now = context.clock.now();
  const [name, reason] = [storable(request.name).trim(), storable(request.reason).trim()];
  if (name === '') throw new RefusedError('a freeze needs a name, by which it is lifted');
  if (reason === '') throw new RefusedError('say why nothing may move, with --reason');
  const { from = now, to, exceptHotfix = true } = request;
  if (to <= from) throw new RefusedError(`it would end at ${to.toISOString()}, before it begins`);
  if (to <= now) throw new RefusedError(`${to.toISOString()} is over already`);
  // Of one that he may not see he is not told, by no refusal either; whoever sees both lifts them by their ids.
  const namesake = (await freezesInSight(context, await sightOf(context, actor), now)).find(
    (each) => each.name === name,
  );
  if (namesake !== undefined) {
    const until = namesake.to.toISOString();
    throw new RefusedError(`${name} is declared already, until ${until}; lift it first, or choose another name`);
  }
  const freeze = {
    id: `freeze-${randomUUID()}`,
    name,
    application,
    environment,
    reason,
    from,
    to,
    exceptHotfix,
    declaredBy: actor.id,
    declaredAt: now,
  };
  await context.store.calendar.declareFreeze(freeze, {
    at: now,
    type: 'freeze-declared',
    actor,
    data: {
      id: freeze.id,
      name,
      application,
      environment,
      reason,
      from: from.toISOString(),
      to: to.toISOString(),
      exceptHotfix,
    },
  });
  return freeze;
}

/**
 * Ends a declared freeze before its time. Those of the rules end by their own dates.
 * @param word its name, or its id where several that whoever asks may see have the name.
 * @throws NotFoundError, UnclearRequestError
 */
export async function liftFreeze(context: ServiceContext, actor: Actor, word: string): Promise<DeclaredFreeze> {
  const now = context.clock.now();
  const standing = await freezesInSight(context, await sightOf(context, actor), now);
  const [freeze, ...namesakes] = standing.filter((each) => each.name === word || each.id === word);
  if (freeze === undefined) {
    // Whether there is one elsewhere is nobody's business who may not lift it there.
    await context.authorizer.require(actor, 'freeze', { application: '*', environment: '*' });
    const names = standing.map((each) => each.name);
    const known = names.length === 0 ? 'none is' : `declared are ${names.join(', ')}`;
    throw new NotFoundError(`no freeze ${word} is declared; ${known}.${suggestionFor(word, names)}`);
  }
  if (namesakes.length > 0) {
    const choices = [freeze, ...namesakes].map(
      ({ id, application, environment }) => `${id} (${application} in ${environment})`,
    );
    throw new UnclearRequestError(`several freezes are called ${word}`, choices, 'by its id');
  }
  const { id, name, application, environment } = freeze;
  await context.authorizer.require(actor, 'freeze', { application, environment });
  await context.store.calendar.liftFreeze(id, {
    at: now,
    type: 'freeze-lifted',
    actor,
    data: { id, name, application, environment },
  });
  return freeze;
}

/** Declared freezes that are not over, by their beginning, as far as whoever asks may see them. @throws NotAuthorizedError */
export async function readFreezes(context: ServiceContext, actor: Actor): Promise<readonly DeclaredFreeze[]> {
  const sight = await requireToLook(context, actor, { application: '*', environment: '*' });
  return freezesInSight(context, sight, context.clock.now());
}

async function freezesInSight(context: ServiceContext, sight: Sight, now: Date): Promise<readonly DeclaredFreeze[]> {
  const standing = await standingFreezes(context, now);
  return standing.filter(({ application, environment }) => isInSight(sight, application, environment));
}

/** Declared freezes that are not over: those that will begin among them. */
export async function standingFreezes(
  context: ServiceContext,
  now: Date,
  filter: { readonly application?: string; readonly environment?: string } = {},
): Promise<readonly DeclaredFreeze[]> {
  const declared = await context.store.calendar.freezes(filter);
  return declared.filter(({ to }) => to > now);
}
