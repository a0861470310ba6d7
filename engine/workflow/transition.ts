import type { JsonObject } from '../json.ts';
import type { Plan } from '../plan/plan.ts';
import type { Actor } from './actor.ts';
import type { ChangeEntry, ChecklistTick, OpenItem } from './environment-record.ts';
import type { Fence } from './fence.ts';
import type { Override } from './override.ts';
import type { PromotionRecord, StepRecord } from './promotion.ts';
import type { Vote } from './step-queries.ts';

/** One entry of a promotion's audit trail, linked to the one before. */
export interface ChainedEvent {
  readonly seq: number;
  readonly at: Date;
  readonly type: string;
  readonly actor: Actor;
  readonly data: JsonObject;
  readonly previousHash: string;
  readonly hash: string;
  /** Set when the store holds a finer time than a millisecond, which no engine writes and no hash covers. */
  readonly hasFinerTime?: true;
}

/** Something to tell the world; delivered at least once, always under the same id. */
export interface OutboxMessage {
  readonly eventId: string;
  readonly type: string;
  readonly body: JsonObject;
}

/** What an environment runs now. */
export interface EnvironmentChange {
  readonly name: string;
  readonly releaseId: string;
  readonly isVerified: boolean;
  /** The promotion that had brought it, when it is restored; null: none did. Left out: this promotion brings it. */
  readonly broughtBy?: string | null;
}

/** A promotion that another one brings about, stored in the same transaction or not at all. */
export interface FollowUp {
  readonly record: PromotionRecord;
  /** What it locks once its turn comes. */
  readonly resources: readonly string[];
  /** Its first transition: its first entries, and when it is due. */
  readonly transition: Transition;
}

/** Everything that changes together: state, steps, audit entries, outbox, slot and dispatch (design, section 5). */
export interface Transition {
  readonly record: PromotionRecord;
  readonly expectedVersion: number;
  /** Set by whoever runs the promotion; a command of a person has none. */
  readonly fence: Fence | undefined;
  readonly at: Date;
  readonly steps: readonly StepRecord[];
  readonly events: readonly ChainedEvent[];
  readonly outbox: readonly OutboxMessage[];
  readonly votes: readonly Vote[];
  readonly ticks: readonly ChecklistTick[];
  readonly openItems: readonly OpenItem[];
  readonly changes: readonly ChangeEntry[];
  /** The actor that the changes are laid at. */
  readonly changedBy: string;
  /** All overrides of the promotion, when they have changed. */
  readonly overrides: readonly Override[] | undefined;
  readonly plan: Plan | undefined;
  readonly resources: 'acquire' | 'release' | undefined;
  readonly lease: 'keep' | 'release';
  /** When the promotion is to be run again; `never`: only a signal runs it; undefined: unchanged. */
  readonly dueAt: Date | 'never' | undefined;
  readonly environment: EnvironmentChange | undefined;
  /** Promotions that begin with this one's end. */
  readonly followUps: readonly FollowUp[];
  readonly pauseAutoPromotion: string | undefined;
  readonly markBad: { readonly releaseId: string; readonly reason: string; readonly by: string } | undefined;
}

export type CommitOutcome =
  | { readonly outcome: 'applied'; readonly version: number; readonly fence: Fence }
  /** Somebody else (a person's command) wrote in between: load again and decide again. */
  | { readonly outcome: 'conflict' }
  /** Another run holds the promotion: stop without writing anything more. */
  | { readonly outcome: 'lost-lease' }
  | { readonly outcome: 'slot-busy' }
  | { readonly outcome: 'missing' };
