import type { PlaceStatistics, PromotionStatistics, ValidationFailures } from '../store/statistics-store.ts';
import type { Actor } from '../workflow/actor.ts';
import { knownApplication, knownEnvironment } from './known-names.ts';
import { requireToLookAtAll } from './require-to-look.ts';
import type { ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

export interface StatisticsRequest {
  readonly application?: string | undefined;
  /** The target, by name or alias. */
  readonly environment?: string | undefined;
  /** Default: as long ago as the rules keep metrics. */
  readonly since?: Date | undefined;
}

/** How promotions went since a moment (promotion guide, "Promotion Metrics"). */
export interface Statistics {
  readonly since: Date;
  readonly until: Date;
  /** `retention.metricsDays` of the rules; undefined while they cannot be read. */
  readonly keptDays: number | undefined;
  readonly total: PromotionStatistics;
  readonly places: readonly PlaceStatistics[];
  readonly validationFailures: readonly ValidationFailures[];
}

const dayMs = 86_400_000;
/** What the rules say unless they say otherwise. */
const usualDays = 90;

/** @throws UnknownNameError. A moment before what is kept counts as the beginning of it. */
export async function readStatistics(
  context: ServiceContext,
  actor: Actor,
  { application, environment, since }: StatisticsRequest,
): Promise<Statistics> {
  const scope = { application: application ?? '*', environment: environment ?? '*' };
  await requireToLookAtAll(context, actor, scope);
  const until = context.clock.now();
  const { keptDays, isCollected } = await metricsRuleOf(context);
  if (!isCollected) {
    throw new RefusedError('the rules collect no metrics (collect.metrics: false), so promotions are not counted');
  }
  const kept = new Date(until.getTime() - (keptDays ?? usualDays) * dayMs);
  const query = {
    application: application === undefined ? undefined : await knownApplication(context, application),
    environment: environment === undefined ? undefined : await knownEnvironment(context, environment),
    since: since === undefined || since < kept ? kept : since,
    until,
  };
  const { statistics } = context.store;
  const [counted, validationFailures] = await Promise.all([
    statistics.promotions(query),
    statistics.validationFailures(query),
  ]);
  return { since: query.since, until, keptDays, ...counted, validationFailures };
}

/** Rules that cannot be read refuse a promotion, never a look. */
async function metricsRuleOf({
  rules,
}: ServiceContext): Promise<{ readonly keptDays: number | undefined; readonly isCollected: boolean }> {
  try {
    const { retention, collect } = await rules.current();
    return { keptDays: retention.metricsDays, isCollected: collect.metrics };
  } catch {
    return { keptDays: undefined, isCollected: true };
  }
}

/**
 * The share of promotions that went well and stayed, of those that came to a verdict: neither those that are on their way
 * nor those that people stopped before anything moved. Undefined: none has come to one.
 */
export function successRatio({ outcomes, takenBackLater }: PromotionStatistics): number | undefined {
  const decided = outcomes.succeeded + outcomes.failed + outcomes['rolled-back'] + outcomes['rollback-failed'];
  return decided === 0 ? undefined : (outcomes.succeeded - takenBackLater) / decided;
}
