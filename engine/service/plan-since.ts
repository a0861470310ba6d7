import { listChangesSincePlan } from '../plan/changes-since-plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { Actor } from '../workflow/actor.ts';
import { viewPromotion } from './read-promotions.ts';
import type { ServiceContext } from './service-context.ts';
import { NotFoundError } from './service-errors.ts';

/** An earlier plan of a promotion beside the one that it has now. */
export interface PlanSince {
  readonly before: Plan | undefined;
  readonly now: Plan | undefined;
  /** What differs, in words; nothing: it is the same plan. */
  readonly changes: readonly string[];
}

/** How long it may take to find out what changed in the target's configuration. */
const patienceMs = 20_000;

/**
 * What has changed since somebody was shown a plan.
 * @throws NotFoundError when the promotion never had such a plan
 */
export async function readPlanSince(
  context: ServiceContext,
  actor: Actor,
  promotionId: string,
  hash: string,
): Promise<PlanSince> {
  const { store, ports } = context;
  const { promotion, plan } = await viewPromotion(context, actor, promotionId);
  const events = await store.events(promotionId);
  if (!events.some(({ type, data }) => type === 'plan-made' && data['hash'] === hash)) {
    throw new NotFoundError(`${hash.slice(0, 12)}… was never the plan of ${promotionId}`);
  }
  const before = await store.plan(hash);
  if (plan === undefined || plan.hash === hash) return { before, now: plan, changes: [] };
  const look = {
    plans: store,
    ports,
    place: promotion.definition.target.configuration,
    signal: AbortSignal.timeout(patienceMs),
  };
  return { before, now: plan, changes: await listChangesSincePlan(look, hash, plan) };
}
