import type { JsonObject } from '../json.ts';
import type { Actor } from '../workflow/actor.ts';
import type { ChangeKind } from '../workflow/environment-record.ts';
import type { ErrorCategory, ErrorSeverity } from '../workflow/error-report.ts';
import type { Override } from '../workflow/override.ts';
import type { PromotionKind } from '../workflow/promotion.ts';
import type { PromotionState } from '../workflow/state.ts';

/**
 * Everything that is told about a promotion, as `report.json` has it: times are ISO 8601 in UTC, absent things are null.
 * It is made from what is stored alone, so that the same promotion gives the same report whenever it is made.
 */
export interface PromotionReport {
  /** Raised when the meaning of a member changes. */
  readonly format: 1;
  readonly promotion: ReportedPromotion;
  readonly outcome: ReportedOutcome;
  readonly images: readonly ReportedImage[];
  readonly changes: readonly ReportedChange[];
  readonly checks: readonly ReportedCheck[];
  readonly approvals: ReportedApprovals;
  readonly overrides: readonly Override[];
  /** For whom somebody else spoke, unverified, each with who did. */
  readonly spokenFor: Readonly<Record<string, string>>;
  readonly checklist: readonly ReportedItem[];
  readonly notes: readonly ReportedNote[];
  /** What it left to be done and nobody has done yet. */
  readonly openItems: readonly { readonly kind: string; readonly detail: string; readonly openedAt: string }[];
  readonly undone: readonly ReportedEffect[];
  readonly kept: readonly ReportedEffect[];
  readonly errors: ReportedErrors;
  readonly steps: readonly ReportedStep[];
  readonly waits: readonly ReportedWait[];
  readonly timing: ReportedTiming;
  readonly timeline: readonly ReportedEntry[];
  /** How far the audit trail had come that it was made from. */
  readonly audit: { readonly entries: number; readonly head: string };
}

export interface ReportedPromotion {
  readonly id: string;
  readonly kind: PromotionKind;
  readonly application: string;
  readonly release: string;
  readonly digest: string;
  readonly from: string;
  readonly to: string;
  readonly lane: string;
  /** In what the emergency lane differs from the path, in words. */
  readonly laneTerms: readonly string[];
  /** Steps of the engine that the rules left out, and what that meant. */
  readonly leftOut: readonly { readonly step: string; readonly means: string }[];
  readonly isDryRun: boolean;
  readonly requestedBy: Pick<Actor, 'id' | 'verified' | 'via'>;
  readonly onBehalfOf: string | null;
  readonly reason: string | null;
  /** The promotion that it takes back. */
  readonly rollbackOf: string | null;
  /** The promotion whose contract migrations it runs. */
  readonly contractOf: string | null;
  readonly planHash: string | null;
  readonly rulesHash: string;
  readonly source: { readonly repository: string; readonly commit: string; readonly authors: readonly string[] } | null;
  readonly configurationRepository: string;
  /** What the target was when it began; null when nobody had looked yet. */
  readonly environmentContext: JsonObject | null;
}

export interface ReportedOutcome {
  /** The state it ended in, or will once what is left of it is done; while it goes on, the one it is in. */
  readonly state: PromotionState;
  /** In words for people. */
  readonly text: string;
  readonly hasEnded: boolean;
  readonly waitsFor: string | null;
  readonly failure:
    | (Pick<ReportedError, 'step' | 'category' | 'severity' | 'code' | 'message' | 'remedy'> & {
        readonly requirementsNotMet: boolean;
      })
    | null;
  readonly rollback: {
    readonly trigger: string;
    readonly reason: string;
    readonly requestedBy: string;
    readonly at: string;
    readonly returnsTo: string | null;
    readonly acceptsDataLoss: boolean;
    readonly restoresDatabase: boolean;
    readonly undoesMigrations: boolean;
    readonly confirmedBy: string | null;
    readonly escalations: number;
  } | null;
  /** Why it ended before anything moved: rejected, expired, superseded, cancelled. */
  readonly reason: string | null;
}

export interface ReportedImage {
  readonly service: string;
  readonly digest: string;
  /** Repository in the environment that it comes from, and the tag that names it there; null: only its digest does. */
  readonly source: { readonly repository: string; readonly tag: string | null };
  readonly destination: { readonly repository: string; readonly tag: string | null };
  /** Manifest, configuration and layers; null: nobody has looked. */
  readonly sizeBytes: number | null;
  /** What ran in its place before. */
  readonly before: string | null;
}

export interface ReportedChange {
  readonly kind: ChangeKind;
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface ReportedCheck {
  readonly step: string;
  readonly check: string;
  readonly verdict: string;
  /** What was found. */
  readonly detail: string;
  /** What was demanded, in words; null: nothing that could be set. */
  readonly threshold: string | null;
  readonly evidence: readonly {
    readonly id: string;
    readonly kind: string | null;
    readonly source: string | null;
    readonly collectedAt: string | null;
  }[];
  /** Who overruled its failing. */
  readonly forcedBy: string | null;
}

export interface ReportedApprovals {
  /** Whether the gates alone suffice when every one of them passed. */
  readonly isAutomaticWhenGatesPass: boolean;
  readonly samePersonMayFillStages: boolean;
  readonly stages: readonly {
    readonly name: string;
    readonly roles: readonly string[];
    readonly people: readonly string[];
    readonly minimumApprovals: number;
    readonly timeoutSeconds: number;
  }[];
  readonly votes: readonly {
    readonly stage: string;
    readonly by: string;
    readonly decision: 'approved' | 'rejected';
    readonly at: string;
    readonly comment: string | null;
    /** The plan that the vote was about, and whether that is the promotion's. */
    readonly planHash: string;
    readonly isOverThisPlan: boolean;
  }[];
}

export interface ReportedItem {
  readonly item: string;
  readonly phase: string;
  readonly state: string;
  readonly by: string | null;
  readonly note: string | null;
  readonly at: string | null;
}

export interface ReportedNote {
  readonly by: string;
  readonly at: string;
  readonly text: string;
}

export interface ReportedEffect {
  readonly step: string;
  readonly summary: string;
}

export interface ReportedErrors {
  readonly bySeverity: Readonly<Record<ErrorSeverity, number>>;
  readonly byCategory: Readonly<Record<ErrorCategory, number>>;
  /** How many mild errors of optional steps were passed over, and how many the rules allow (null: any number). */
  readonly passedOver: Readonly<Record<'MEDIUM' | 'LOW', { readonly count: number; readonly limit: number | null }>>;
  /** Oldest first. */
  readonly list: readonly ReportedError[];
}

export interface ReportedError {
  readonly at: string;
  readonly step: string;
  readonly mode: 'run' | 'undo';
  readonly attempt: number;
  readonly category: ErrorCategory;
  readonly severity: ErrorSeverity;
  readonly code: string | null;
  readonly message: string;
  readonly remedy: string;
  /** What was tried then. */
  readonly then: 'tried again' | 'passed over' | 'gave up';
  /** How long it waited before it tried again. */
  readonly backoffSeconds: number | null;
}

export interface ReportedStep {
  readonly name: string;
  readonly status: string;
  readonly attempts: number;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** From its first attempt to its end, waits included. */
  readonly tookMs: number | null;
  readonly waitedMs: number;
  readonly summary: string | null;
  readonly error: string | null;
  readonly undo: {
    readonly status: string;
    readonly attempts: number;
    readonly tookMs: number | null;
    readonly summary: string | null;
    readonly error: string | null;
  } | null;
}

export interface ReportedWait {
  readonly reason: string;
  readonly detail: string;
  readonly since: string;
  /** Null: it still waits. */
  readonly until: string | null;
  readonly tookMs: number | null;
}

export interface ReportedTiming {
  readonly requestedAt: string;
  readonly endedAt: string | null;
  /** From the request to the end, without what it lay failed; null while it goes on. */
  readonly tookMs: number | null;
  readonly waitedMs: number;
  /** How long it lay failed before somebody had it go on. */
  readonly failedMs: number;
}

export interface ReportedEntry {
  readonly seq: number;
  readonly at: string;
  /** That somebody else spoke for him is never left out. */
  readonly by: string;
  /** The machine's name of the event. */
  readonly type: string;
  /** The same for people. */
  readonly text: string;
}
