import type { OutcomeName } from '../workflow/outcome.ts';

export interface StatisticsQuery {
  readonly application?: string | undefined;
  /** The target. */
  readonly environment?: string | undefined;
  /** Requested after it. */
  readonly since: Date;
  /** Requested by then. */
  readonly until: Date;
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

/** How promotions went, counted. */
export interface StatisticsStore {
  /** By application and target, and all together. */
  promotions(
    query: StatisticsQuery,
  ): Promise<{ readonly total: PromotionStatistics; readonly places: readonly PlaceStatistics[] }>;
  /** Checks that kept a promotion from going on, dry runs aside, the most frequent first. */
  validationFailures(query: StatisticsQuery): Promise<readonly ValidationFailures[]>;
}
