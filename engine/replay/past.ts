import type { Evidence } from '../evidence/evidence.ts';
import type { Waiver } from '../evidence/waiver.ts';
import type { JsonObject } from '../json.ts';
import type { Release } from '../release.ts';
import type { DeclaredFreeze, Hold } from '../schedule/schedule.ts';
import type { RoleBinding } from '../store/role-store.ts';
import type { Actor } from '../workflow/actor.ts';
import type { Lane } from '../workflow/override.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';

/** Evidence as it was once recorded; the same evidence may have been recorded again with a later time of collection. */
export interface RecordedEvidence extends Evidence {
  /** Undefined: an engine that did not remember it recorded it. */
  readonly recordedAt: Date | undefined;
}

/** One time that a release came to run in an environment. */
export interface PastDeployment {
  readonly environment: string;
  readonly releaseId: string;
  readonly promotionId: string | undefined;
  /** Of the promotion that brought it. */
  readonly lane: Lane | undefined;
  readonly deployedAt: Date;
  /** Each time that it was verified there, oldest first. */
  readonly verifiedAt: readonly Date[];
}

/** A promotion in the emergency lane that went well. */
export interface PastHotfix {
  readonly promotionId: string;
  readonly releaseId: string;
  readonly standsOn: readonly string[];
  readonly endedAt: Date;
}

/** Everything about one application that promotions of it were decided by, with when it came about. */
export interface ApplicationPast {
  readonly application: string;
  /** As they are now. */
  readonly releases: readonly Release[];
  readonly evidence: readonly RecordedEvidence[];
  /** Newest first. */
  readonly waivers: readonly Waiver[];
  /** Newest first. */
  readonly deployments: readonly PastDeployment[];
  /** By their end. */
  readonly hotfixes: readonly PastHotfix[];
}

export interface BindingChange extends RoleBinding {
  readonly at: Date;
  readonly isBound: boolean;
}

/** An environment that was held, or released again. */
export interface HoldChange extends Pick<Hold, 'application' | 'environment'> {
  readonly at: Date;
  /** Undefined: it was released. */
  readonly hold: Hold | undefined;
}

export interface PastFreeze extends DeclaredFreeze {
  readonly liftedAt: Date | undefined;
}

/** A release that was marked bad, or not bad any more. */
export interface BadMark {
  readonly at: Date;
  readonly releaseId: string;
  /** Undefined: it was unmarked. */
  readonly bad: Release['bad'];
}

/** What people declared, whatever application it concerns; each in the order in which it came about. */
export interface CommonPast {
  readonly bindings: readonly BindingChange[];
  readonly holds: readonly HoldChange[];
  readonly freezes: readonly PastFreeze[];
  readonly marks: readonly BadMark[];
}

/** An entry of a promotion's audit trail, as far as it says what was decided and by whom. */
export interface PastEntry {
  readonly at: Date;
  readonly type: string;
  readonly actor: Actor;
  readonly data: JsonObject;
}

/** Types of the entries that say it. */
export const tellingEntries = [
  'approval-given',
  'approval-refused',
  'auto-approval-declined',
  'checklist-ticked',
  'ended',
  'failed',
  'override',
  'parked',
  'slot-taken',
  'state-changed',
  'step-failed',
  'step-finished',
  'step-started',
  'steps-reset',
] as const;

/** A promotion as it is stored, with the entries of these types, oldest first. */
export interface PastPromotion {
  readonly record: PromotionRecord;
  readonly entries: readonly PastEntry[];
}
