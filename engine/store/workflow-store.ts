import type { Fence } from '../workflow/fence.ts';
import type { LogSink } from '../workflow/log-buffer.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { PromotionState } from '../workflow/state.ts';
import type { StepQueries } from '../workflow/step-queries.ts';
import type { CommitOutcome, Transition } from '../workflow/transition.ts';
import type { Release } from '../release.ts';

export interface ClaimRequest {
  /** Names the run, for people who look at leases. */
  readonly owner: string;
  readonly limit: number;
  readonly leaseSeconds: number;
  /** Promotions written by a newer engine are left to it. */
  readonly stateVersion: number;
  /** Only this promotion. */
  readonly promotionId: string | undefined;
  /** What counts as due; undefined: the database's clock. */
  readonly now: Date | undefined;
}

/** A promotion as it is once a run has taken it, and what it brings. */
export interface ClaimedPromotion {
  readonly promotion: PromotionRecord;
  readonly release: Release;
}

/** A lease as its holder sees it. */
export interface Lease {
  readonly promotionId: string;
  readonly fence: Fence;
}

export interface RenewedLease extends Lease {
  /** Whether a person asked to cancel or roll back. */
  readonly isAskedToTurnRound: boolean;
}

export interface OutboxRow {
  readonly eventId: string;
  /** Undefined: it is about no promotion. */
  readonly promotionId: string | undefined;
  readonly type: string;
  readonly body: unknown;
  readonly createdAt: Date;
  readonly attempts: number;
}

export interface SlotHolder {
  readonly promotionId: string;
  readonly state: PromotionState;
}

/** What running promotions needs of the engine's memory. */
export interface WorkflowStore extends StepQueries, LogSink {
  /** Takes due promotions whose lease is free or over; each comes with a new fence. */
  claim(request: ClaimRequest): Promise<readonly ClaimedPromotion[]>;
  /** Answers the leases that are still held; one that is missing was lost. */
  renew(leases: readonly Lease[], leaseSeconds: number): Promise<readonly RenewedLease[]>;
  /** Gives leases up without a transition, so that the next run need not wait for them to end. */
  release(leases: readonly Lease[]): Promise<void>;
  load(promotionId: string): Promise<PromotionRecord | undefined>;
  loadRelease(releaseId: string): Promise<Release | undefined>;
  commit(transition: Transition): Promise<CommitOutcome>;
  /** The promotion that holds any of these resources, for people; undefined: they are free. */
  holderOf(resources: readonly string[]): Promise<SlotHolder | undefined>;
  /** Due messages; the same one may be given to two callers when the first takes longer than the lease. */
  takeOutbox(limit: number, leaseSeconds: number): Promise<readonly OutboxRow[]>;
  markSent(eventIds: readonly string[]): Promise<void>;
}
