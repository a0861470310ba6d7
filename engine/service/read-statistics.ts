import type {
  PlaceRestorations,
  PlaceStatistics,
  PromotionStatistics,
  Restorations,
  StatisticsQuery,
  TrendBucket,
  TrendPoint,
  ValidationFailures,
} from '../store/statistics-store.ts';
import type { Actor } from '../workflow/actor.ts';
import { placeInSight } from './place-in-sight.ts';
import { readableRules } from './readable-rules.ts';
import type { ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';
import { unshared } from './sharing.ts';

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
  readonly restorations: { readonly total: Restorations; readonly places: readonly PlaceRestorations[] };
}

/** The same, part by part of the time. */
export interface Trend extends Pick<Statistics, 'since' | 'until' | 'keptDays'> {
  readonly bucket: TrendBucket;
  /** The oldest first. */
  readonly points: readonly TrendPoint[];
}

const dayMs = 86_400_000;
/** What the rules say unless they say otherwise. */
const usualDays = 90;

/** @throws UnknownNameError. A moment before what is kept counts as the beginning of it. */
export async function readStatistics(
  context: ServiceContext,
  actor: Actor,
  request: StatisticsRequest,
  sharing = unshared,
): Promise<Statistics> {
  const asked = await authorizedQuestion(context, actor, request);
  return sharing.of(
    `statistics ${JSON.stringify(asked)}`,
    async () => {
      const query = queryNow(context, asked);
      const { statistics } = context.store;
      const [counted, validationFailures, restorations] = await Promise.all([
        statistics.promotions(query),
        statistics.validationFailures(query),
        statistics.restorations(query),
      ]);
      const { since, until } = query;
      return { since, until, keptDays: asked.keptDays, ...counted, validationFailures, restorations };
    },
    mayBeOld,
  );
}

/** @throws UnknownNameError. Of so many parts that they can be told apart, and no more. */
export async function readTrend(
  context: ServiceContext,
  actor: Actor,
  request: StatisticsRequest,
  sharing = unshared,
): Promise<Trend> {
  const asked = await authorizedQuestion(context, actor, request);
  return sharing.of(
    `trend ${JSON.stringify(asked)}`,
    async () => {
      const query = queryNow(context, asked);
      const { since, until } = query;
      const days = (until.getTime() - since.getTime()) / dayMs;
      const bucket: TrendBucket = days <= mostDaysByHour ? 'hour' : days <= mostDaysByDay ? 'day' : 'week';
      const points = await context.store.statistics.trend(query, bucket);
      return { since, until, keptDays: asked.keptDays, bucket, points };
    },
    mayBeOld,
  );
}

/** Counting takes long, and says as of when it is. */
const mayBeOld = { mayBeOld: true } as const;
const mostDaysByHour = 2;
const mostDaysByDay = 93;

/** What is asked, as far as whoever asks may see it, whenever it is counted. */
interface Question extends Pick<StatisticsQuery, 'application' | 'environment' | 'sight'> {
  readonly since: Date | undefined;
  readonly keptDays: number | undefined;
}

async function authorizedQuestion(
  context: ServiceContext,
  actor: Actor,
  request: StatisticsRequest,
): Promise<Question> {
  const place = await placeInSight(context, actor, request);
  const { keptDays, isCollected } = await metricsRuleOf(context);
  if (!isCollected) {
    throw new RefusedError('the rules collect no metrics (collect.metrics: false), so promotions are not counted');
  }
  return { ...place, since: request.since, keptDays };
}

function queryNow(
  { clock }: ServiceContext,
  { application, environment, sight, since, keptDays }: Question,
): StatisticsQuery {
  const until = clock.now();
  const kept = new Date(until.getTime() - (keptDays ?? usualDays) * dayMs);
  return { application, environment, sight, since: since === undefined || since < kept ? kept : since, until };
}

async function metricsRuleOf(
  context: ServiceContext,
): Promise<{ readonly keptDays: number | undefined; readonly isCollected: boolean }> {
  const rules = await readableRules(context);
  return { keptDays: rules?.retention.metricsDays, isCollected: rules?.collect.metrics ?? true };
}

/**
 * The share of promotions that went well and stayed, of those that came to a verdict: neither those that are on their way
 * nor those that people stopped before anything moved. Undefined: none has come to one.
 */
export function successRatio({ outcomes, takenBackLater }: PromotionStatistics): number | undefined {
  const decided = outcomes.succeeded + outcomes.failed + outcomes['rolled-back'] + outcomes['rollback-failed'];
  return decided === 0 ? undefined : (outcomes.succeeded - takenBackLater) / decided;
}
