import type { Plan } from '../plan/plan.ts';
import type { Release } from '../release.ts';
import { environmentsAlongPaths } from '../rules/path-order.ts';
import type { EnvironmentStanding } from '../store/overview-store.ts';
import type { EnvironmentState, PromotionFilter, StoredLogLine } from '../store/service-store.ts';
import { isInSight } from '../store/sight.ts';
import type { Actor } from '../workflow/actor.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { Vote } from '../workflow/step-queries.ts';
import type { ChainedEvent } from '../workflow/transition.ts';
import { withVotesCounted } from '../workflow/with-votes-counted.ts';
import { isAsked } from './decide-approval.ts';
import { filterInSight } from './filter-in-sight.ts';
import { knownApplication, knownEnvironment } from './known-names.ts';
import { placeInSight } from './place-in-sight.ts';
import { nothingSince } from './choose-rollback.ts';
import { chooseRevision, readRevisions, type Revision } from './rollback-target.ts';
import type { RollbackCommand } from './rollback.ts';
import { readableRules } from './readable-rules.ts';
import { requireToLook } from './require-to-look.ts';
import { loadPromotion, type ServiceContext } from './service-context.ts';
import { NotFoundError, RefusedError } from './service-errors.ts';
import { isForSomeItem } from './tick-item.ts';

/** A promotion with what people look at beside it. */
export interface PromotionView {
  readonly promotion: PromotionRecord;
  readonly release: Release;
  readonly votes: readonly Vote[];
  readonly plan: Plan | undefined;
}

/** Whoever the promotion asks for something may look at it, whatever roles he has. */
export async function loadToRead(context: ServiceContext, actor: Actor, promotionId: string): Promise<PromotionRecord> {
  const promotion = await loadPromotion(context, promotionId);
  const scope = { application: promotion.application, environment: promotion.toEnvironment };
  const { authorizer } = context;
  const held = await authorizer.rolesOf(actor, scope);
  const isAddressed = isAsked(promotion, actor, held) || isForSomeItem(promotion, actor, held);
  if (isAddressed) authorizer.requireIdentity(actor);
  else await requireToLook(context, actor, scope);
  return promotion;
}

export async function viewPromotion(
  context: ServiceContext,
  actor: Actor,
  promotionId: string,
): Promise<PromotionView> {
  const promotion = await loadToRead(context, actor, promotionId);
  const { store } = context;
  const release = await store.loadRelease(promotion.releaseId);
  if (release === undefined) throw new NotFoundError(`release ${promotion.releaseId} is not in the store`);
  const votes = await store.votes(promotionId);
  const plan = promotion.planHash === undefined ? undefined : await store.plan(promotion.planHash);
  return { promotion: withVotesCounted(promotion, release, votes), release, votes, plan };
}

/** Everything that ran in an environment, newest first, each with whether it can be returned to. @throws UnknownNameError */
export async function listRevisions(
  context: ServiceContext,
  actor: Actor,
  application: string,
  environment: string,
): Promise<readonly Revision[]> {
  await requireToLook(context, actor, { application, environment });
  const of = await knownApplication(context, application);
  const name = await knownEnvironment(context, environment);
  return readRevisions(context, of, name, false);
}

/** What steps wrote, in its order. @param afterSeq of the last line that is known already. */
export async function readLogs(
  context: ServiceContext,
  actor: Actor,
  promotionId: string,
  afterSeq: number,
  limit: number,
): Promise<readonly StoredLogLine[]> {
  await loadToRead(context, actor, promotionId);
  return context.store.logs(promotionId, afterSeq, limit);
}

/** The audit trail of one promotion. */
export async function readEvents(
  context: ServiceContext,
  actor: Actor,
  promotionId: string,
): Promise<readonly ChainedEvent[]> {
  await loadToRead(context, actor, promotionId);
  return context.store.events(promotionId);
}

/**
 * The newest promotion that changed an environment, which is the one that a rollback takes back.
 * @param to the release that the rollback is to return to; decides what is said when there is no promotion.
 */
export async function findNewestPromotion(
  context: ServiceContext,
  actor: Actor,
  application: string,
  environment: string,
  to?: RollbackCommand['to'],
): Promise<PromotionRecord> {
  await requireToLook(context, actor, { application, environment });
  const of = await knownApplication(context, application);
  const name = await knownEnvironment(context, environment);
  const states = await context.store.environments(of);
  const state = states.find((each) => each.name === name);
  if (state === undefined) throw new NotFoundError(`nothing of ${of} runs in ${name}`);
  const id = state.slotHeldBy ?? state.promotionId;
  if (id === undefined) throw await nothingToTakeBack(context, of, name, to);
  return loadPromotion(context, id);
}

/** Why nothing can be taken back where no promotion brought what runs. */
async function nothingToTakeBack(
  context: ServiceContext,
  application: string,
  environment: string,
  to: RollbackCommand['to'],
): Promise<RefusedError> {
  const revisions = await readRevisions(context, application, environment, false);
  if (to !== undefined) {
    return nothingSince({ application, toEnvironment: environment }, chooseRevision(revisions, environment, to));
  }
  const [running, ...earlier] = revisions;
  if (running === undefined || earlier.length === 0) {
    return new RefusedError(`${environment} runs its first release; there is nothing to go back to`);
  }
  const others = new Map<string, string>();
  for (const { release, standing } of earlier) {
    if (release.id === running.release.id || others.has(release.name)) continue;
    others.set(
      release.name,
      standing.kind === 'refused' ? standing.reason : 'it was taken back, and can be promoted again',
    );
  }
  const why = [...others].map(([name, reason]) => `; ${name}: ${reason}`).join('');
  return new RefusedError(
    `${environment} runs ${running.release.name} again, and no promotion since is left to take back${why}. promote rollback ${application} --env ${environment} --list shows everything that ran there`,
  );
}

/** @throws UnknownNameError for an application or environment that there is not; aliases are understood. */
export async function listPromotions(
  context: ServiceContext,
  actor: Actor,
  filter: PromotionFilter,
): Promise<readonly PromotionRecord[]> {
  return context.store.listPromotions(await filterInSight(context, actor, filter));
}

/**
 * What runs where, as far as whoever asks may see it: by application, its environments along their paths.
 * @throws UnknownNameError
 */
export async function readEnvironments(
  context: ServiceContext,
  actor: Actor,
  application: string | undefined,
): Promise<readonly EnvironmentState[]> {
  const { application: known, sight } = await placeInSight(context, actor, { application });
  const every = await context.store.environments(known);
  const states = every.filter((state) => isInSight(sight, state.application, state.name));
  return alongPaths(states, await ruledEnvironments(context));
}

/** The same, without what is in their releases. @throws UnknownNameError */
export async function readStandings(
  context: ServiceContext,
  actor: Actor,
  application: string | undefined,
): Promise<readonly EnvironmentStanding[]> {
  const { application: known, sight } = await placeInSight(context, actor, { application });
  return alongPaths(await context.store.overview.standings(known, sight), await ruledEnvironments(context));
}

/** The environments of each application in the order in which releases pass them. */
export function alongPaths<State extends Pick<EnvironmentState, 'application' | 'name'>>(
  states: readonly State[],
  order: readonly string[],
): readonly State[] {
  const places = new Map(order.map((name, index) => [name, index]));
  const placeOf = ({ name }: State): number => places.get(name) ?? order.length;
  return states.toSorted((left, right) =>
    left.application === right.application ? placeOf(left) - placeOf(right) : 0,
  );
}

/** Environments along their paths. Rules that are wrong keep nobody from looking at what runs. */
export async function ruledEnvironments(context: Pick<ServiceContext, 'rules'>): Promise<readonly string[]> {
  const rules = await readableRules(context);
  return rules === undefined ? [] : environmentsAlongPaths(rules);
}
