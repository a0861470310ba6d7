import type { Release } from '../release.ts';
import type { ChangeEntry } from '../workflow/environment-record.ts';
import type { Override } from '../workflow/override.ts';
import type { PromotionKind } from '../workflow/promotion.ts';
import type { EndState } from '../workflow/state.ts';
import type { ListPlace } from './list-place.ts';
import type { Sight } from './sight.ts';

/** One time that a release came to run in an environment; the numbers only grow. */
export interface DeployedRevision {
  /** From 1, in the order in which releases came to an environment of an application. */
  readonly number: number;
  readonly release: Release;
  /** The promotion that had brought the release; undefined: it was adopted as it ran. */
  readonly promotionId: string | undefined;
  /** What took others back and so brought it again. Left out: it came by itself, or with its promotion. */
  readonly returnedBy?: string | undefined;
  readonly deployedAt: Date;
  readonly verifiedAt: Date | undefined;
}

/** What is asked about promotions that are over; what is left out is not limited. */
export interface EndedQuery {
  readonly application?: string | undefined;
  readonly environment?: string | undefined;
  /** They ended after it. */
  readonly since?: Date | undefined;
  /** They ended by then. */
  readonly until?: Date | undefined;
  readonly states?: readonly EndState[] | undefined;
  /** Only what stands behind this place, by their ends. Default: from the beginning. */
  readonly before?: ListPlace | undefined;
  /** Only what may be seen. */
  readonly sight?: Sight;
  readonly limit: number;
}

/** A promotion that is over, with who was behind it and what it changed. */
export interface EndedPromotion {
  readonly id: string;
  readonly kind: PromotionKind;
  readonly application: string;
  readonly release: string;
  readonly from: string;
  readonly to: string;
  readonly isHotfix: boolean;
  readonly state: EndState;
  readonly requestedBy: string;
  readonly onBehalfOf: string | undefined;
  /** For whom somebody else spoke in it, each with who did. */
  readonly spokenFor: ReadonlyMap<string, string>;
  /** Whoever approved the plan that it went by. */
  readonly approvedBy: readonly string[];
  readonly overrides: readonly Override[];
  readonly reason: string | undefined;
  /** Why it failed, or was taken back. */
  readonly trouble: string | undefined;
  /** Whether it was taken back because somebody cancelled it. Left out: no. */
  readonly isCancelled?: boolean;
  /** The promotion that it took back, or whose contract migrations it ran. */
  readonly of: string | undefined;
  readonly createdAt: Date;
  readonly endedAt: Date;
  /** Of the time between, how long it lay failed before somebody had it go on. Left out: it never did. */
  readonly layFailedMs?: number;
  readonly changes: readonly ChangeEntry[];
}

/** What happened before, as people ask for it. */
export interface HistoryStore {
  /** Newest first, the one that runs now included. */
  revisions(application: string, environment: string): Promise<readonly DeployedRevision[]>;
  /**
   * How long the newest rollback there took from its request to its end; undefined: there was none.
   * @param kind `rollback`: of what had ended; `promote`: a promotion that was turned round after it had deployed.
   */
  lastRollbackMs(application: string, environment: string, kind: 'promote' | 'rollback'): Promise<number | undefined>;
  /** What is over, the newest end first; dry runs, which change nothing, are left out. */
  ended(query: EndedQuery): Promise<readonly EndedPromotion[]>;
  /** Promotions into an environment whose effects were taken back, by themselves or by another. */
  takenBack(application: string, environment: string): Promise<ReadonlySet<string>>;
}
