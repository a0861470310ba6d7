import type { Release } from '../release.ts';

/** One time that a release came to run in an environment; the numbers only grow. */
export interface DeployedRevision {
  /** From 1, in the order in which releases came to an environment of an application. */
  readonly number: number;
  readonly release: Release;
  /** The promotion that had brought the release; undefined: it was adopted as it ran. */
  readonly promotionId: string | undefined;
  readonly deployedAt: Date;
  readonly verifiedAt: Date | undefined;
}

/** What happened before, as people ask for it. */
export interface HistoryStore {
  /** Newest first, the one that runs now included. */
  revisions(application: string, environment: string): Promise<readonly DeployedRevision[]>;
  /** How long the newest rollback there took from its request to its end; undefined: there was none. */
  lastRollbackMs(application: string, environment: string): Promise<number | undefined>;
  /** Promotions into an environment whose effects were taken back, by themselves or by another. */
  takenBack(application: string, environment: string): Promise<ReadonlySet<string>>;
}
