import type { JsonObject } from '../json.ts';
import type { Actor } from './actor.ts';
import type { ErrorReport } from './error-report.ts';
import type { Fence } from './fence.ts';
import type { GoneRun } from './gone-run.ts';
import type { Definition } from './definition.ts';
import type { Lane, Override } from './override.ts';
import type { PromotionState } from './state.ts';

/** Why a promotion does not go on by itself right now. Parking ends the run; nothing waits in memory. */
export const parkReasons = [
  'checklist',
  'approval',
  'slot',
  'retry',
  'bake',
  'rollout',
  'soak',
  'undo-window',
  'window',
  'canary',
  'manual',
] as const;
export type ParkReason = (typeof parkReasons)[number];

export interface Parked {
  readonly reason: ParkReason;
  /** For people: what exactly is waited for. */
  readonly detail: string;
  readonly since: Date;
  /** When the promotion is looked at again by itself; undefined when only a signal ends the wait. */
  readonly until: Date | undefined;
}

export type StepStatus = 'pending' | 'running' | 'parked' | 'retrying' | 'done' | 'failed' | 'skipped';
export type CompensationStatus = 'running' | 'parked' | 'retrying' | 'done' | 'failed';

/** One step of one promotion, as stored. */
export interface StepRecord {
  readonly name: string;
  readonly ordinal: number;
  readonly version: number;
  readonly status: StepStatus;
  readonly attempt: number;
  readonly startedAt: Date | undefined;
  readonly finishedAt: Date | undefined;
  /** One line for people about what was done. */
  readonly summary: string | undefined;
  readonly output: JsonObject | undefined;
  /** What a parked or retried step wants to find again. */
  readonly checkpoint: JsonObject | undefined;
  readonly error: ErrorReport | undefined;
  readonly compensation:
    | {
        readonly status: CompensationStatus;
        readonly attempt: number;
        readonly summary: string | undefined;
        readonly checkpoint: JsonObject | undefined;
        readonly error: ErrorReport | undefined;
      }
    | undefined;
}

export interface RollbackRequest {
  readonly trigger: 'automatic' | 'manual' | 'cancel';
  readonly reason: string;
  readonly requestedBy: string;
  readonly at: Date;
  /** Set by a person who was shown what will be lost. */
  readonly acceptsDataLoss: boolean;
  /** The release that a person chose to return to. Left out: the newest one that was verified before. */
  readonly to?: RollbackTarget;
  /** Set by a person who was told which writes it discards: the database's back-up is put back. */
  readonly restoresDatabase?: boolean;
  /** The migrations that it brought are undone by their down files, also where the release that returns runs beside them. */
  readonly undoesMigrations?: boolean;
  /** Who says that it was taken back by hand; what runs is then verified, and nothing undone. */
  readonly confirmedBy?: string;
  /** How often somebody was called because it takes longer than it may. */
  readonly escalations?: number;
}

/** A release to return to, with every promotion that is taken back for it. */
export interface RollbackTarget {
  readonly releaseId: string;
  readonly release: string;
  /** Newest first; the last one is what had followed the release. */
  readonly promotions: readonly { readonly id: string; readonly planHash: string | null }[];
}

/** Why and where a promotion stopped going forward. */
export interface Failure {
  readonly step: string;
  readonly error: ErrorReport;
  readonly requirementsNotMet: boolean;
}

/**
 * `rollback` takes an ended promotion back; its steps start as that promotion's finished ones. `contract` runs the contract
 * migrations of an ended promotion when its undo window is over; it holds no slot while it waits for that.
 */
export const promotionKinds = ['promote', 'rollback', 'contract'] as const;
export type PromotionKind = (typeof promotionKinds)[number];

/** A place in a line, in which whoever takes something back stands before everybody else. */
export interface QueuePlace {
  /** From 1. */
  readonly position: number;
  /** The promotion right before it; undefined: none, it is the first. */
  readonly behind: string | undefined;
}

/** A promotion as stored: one attempt to move one release of one application along one path. */
export interface PromotionRecord {
  readonly id: string;
  readonly application: string;
  readonly releaseId: string;
  readonly fromEnvironment: string;
  readonly toEnvironment: string;
  readonly kind: PromotionKind;
  readonly rollbackOf: string | undefined;
  /** The promotion whose contract migrations this one runs. */
  readonly contractOf?: string | undefined;
  readonly isDryRun: boolean;
  readonly lane: Lane;
  /** Rules that people set aside for it. */
  readonly overrides: readonly Override[];
  readonly state: PromotionState;
  readonly parked: Parked | undefined;
  /** Grows with every transition; the precondition of the next one. */
  readonly version: number;
  readonly fence: Fence;
  readonly eventSeq: number;
  readonly headHash: string;
  readonly requestedBy: Actor;
  readonly reason: string | undefined;
  readonly definition: Definition;
  readonly planHash: string | undefined;
  readonly rollback: RollbackRequest | undefined;
  readonly failure: Failure | undefined;
  /** Whether this promotion holds its slot and resources. */
  readonly holdsSlot: boolean;
  readonly steps: readonly StepRecord[];
  /** The newest state version that has written this promotion; older engines refuse it. */
  readonly stateVersion: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly endedAt: Date | undefined;
  /** How long it lay failed before somebody had it go on, in milliseconds. Left out: it never did. */
  readonly layFailedMs?: number;
  /** Where it stands in the line for its slot, as the line is now; left out: it does not stand in one. */
  readonly queuePlace?: QueuePlace;
  /** The run that held it and must be gone. Left out: it was heard of lately, or no run holds the promotion. */
  readonly goneRun?: GoneRun;
}
