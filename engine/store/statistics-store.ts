import type { OutcomeName } from '../workflow/outcome.ts';
import type { Sight } from './sight.ts';

export interface StatisticsQuery {
  readonly application?: string | undefined;
  /** The target. */
  readonly environment?: string | undefined;
  /** Requested after it. */
  readonly since: Date;
  /** Requested by then. */
  readonly until: Date;
  /** Only what may be seen. */
  readonly sight?: Sight;
}

/** How long something took, over all that there was of it. */
export interface Durations {
  readonly meanMs: number;
  readonly p95Ms: number;
}

/** Promotions that were asked for in a time, dry runs, rollbacks and contract runs aside. */
export interface PromotionStatistics {
  readonly attempts: number;
  /** Not over yet. */
  readonly running: number;
  readonly outcomes: Readonly<Record<OutcomeName, number>>;
  /** Of those that failed: because a requirement was not met. */
  readonly requirementsNotMet: number;
  /** Of those that succeeded: a person took them back afterwards. */
  readonly takenBackLater: number;
  /** From the request to the end, of those that succeeded; undefined: none did. */
  readonly duration: Durations | undefined;
  /** From the back-up, with which the target begins to change, to the end. */
  readonly moving: Durations | undefined;
  /** From the making of the release to the end of its promotion. */
  readonly leadTime: Durations | undefined;
}

export interface PlaceStatistics extends PromotionStatistics {
  readonly application: string;
  readonly environment: string;
}

export interface ValidationFailures {
  readonly application: string;
  readonly environment: string;
  /** The gate that failed; the step, where it was none. */
  readonly gate: string;
  readonly count: number;
}

/**
 * How fast environments got well again. One needs it from when a promotion there is to be taken back although it had
 * deployed, by itself because its verification failed or because a person asks for it; and it is well again when the next
 * promotion or rollback there ends with what runs verified.
 */
export interface Restorations {
  /** How often one needed it. */
  readonly needed: number;
  /** Of those: not well again yet. */
  readonly open: number;
  /** From when it was needed to when it was so; undefined: none is. */
  readonly time: Durations | undefined;
}

export interface PlaceRestorations extends Restorations {
  readonly application: string;
  readonly environment: string;
}

/** How long a part of a trend is. */
export const trendBuckets = ['hour', 'day', 'week'] as const;
export type TrendBucket = (typeof trendBuckets)[number];

/** What is told of one part of a time, by when promotions were asked for; times are on average. */
export interface TrendPoint {
  /** When it begins, in UTC. */
  readonly at: Date;
  readonly attempts: number;
  readonly succeeded: number;
  /** Failed, or could not be taken back. */
  readonly failed: number;
  /** Took itself back. */
  readonly rolledBack: number;
  /** Taken back by a person after it had succeeded. */
  readonly takenBackLater: number;
  readonly movingMs: number | undefined;
  readonly leadTimeMs: number | undefined;
  /** Of environments that needed it in this part. */
  readonly restoreMs: number | undefined;
  readonly validationFailures: number;
}

/** How promotions went, counted. */
export interface StatisticsStore {
  /** By application and target, and all together. */
  promotions(
    query: StatisticsQuery,
  ): Promise<{ readonly total: PromotionStatistics; readonly places: readonly PlaceStatistics[] }>;
  /** Checks that kept a promotion from going on, dry runs aside, the most frequent first. */
  validationFailures(query: StatisticsQuery): Promise<readonly ValidationFailures[]>;
  /** By application and target, and all together, of what was needed in the time. */
  restorations(
    query: StatisticsQuery,
  ): Promise<{ readonly total: Restorations; readonly places: readonly PlaceRestorations[] }>;
  /** Every part of the time, those without anything too, the oldest first. */
  trend(query: StatisticsQuery, bucket: TrendBucket): Promise<readonly TrendPoint[]>;
}
