import type { JsonObject } from '../json.ts';
import type { ServiceObjectives } from '../metrics/service-objectives.ts';
import type { RollbackTrigger } from '../rules/requirement-schema.ts';
import type { DispensableStep } from '../rules/step-names.ts';
import type { ErrorCategory } from './error-report.ts';
import type { Schedule } from '../schedule/schedule.ts';

/** A service of an environment with its names resolved. */
export interface ServiceTarget {
  readonly name: string;
  /** Decides which response time is expected. */
  readonly kind: 'api' | 'frontend' | 'worker';
  readonly isCritical: boolean;
  readonly healthUrl: string;
  readonly smokeUrls: readonly string[];
  readonly startupTimeoutSeconds: number;
  readonly healthCheckTimeoutSeconds: number;
  /** Undefined: what is expected of its kind. */
  readonly maximumResponseTimeSeconds?: number | undefined;
}

/** An environment of one application with every template resolved, as it was when the promotion was asked for. */
export interface EnvironmentTarget {
  readonly name: string;
  readonly registry: string;
  readonly configuration: {
    readonly repository: string;
    readonly branch: string;
    readonly path: string;
    /** Whether whoever asked named the repository or the branch, and not the rules. Left out: no. */
    readonly isRedirected?: boolean;
    /** The JSON Schema that the values must suit, in the same repository. Absent: they may be anything. */
    readonly schema?: string | undefined;
  };
  readonly database: string | undefined;
  readonly hasFlags: boolean;
  readonly services: readonly ServiceTarget[];
  /** What is promised of it. Undefined: nothing. */
  readonly objectives?: ServiceObjectives | undefined;
  /** Shared things locked beside the slot: databases, flag projects, whatever the rules name. */
  readonly resources: readonly string[];
}

export interface RetryPolicy {
  readonly maximumAttempts: number;
  readonly initialDelaySeconds: number;
  readonly multiplier: number;
  readonly maximumDelaySeconds: number;
  /** Share of the delay that is random, 0 to 1. */
  readonly jitter: number;
  /** What is different for errors of a category. */
  readonly byCategory?: Readonly<Partial<Record<ErrorCategory, Partial<RetryLimits>>>>;
}

export type RetryLimits = Pick<RetryPolicy, 'maximumAttempts' | 'initialDelaySeconds' | 'maximumDelaySeconds'>;

/** How many errors of a mild severity a promotion passes over in its optional steps; undefined: any number. */
export interface ErrorLimits {
  readonly medium?: number;
  readonly low?: number;
}

export interface RollbackPolicy {
  /** Whether a failed promotion is taken back by itself. */
  readonly isEnabled: boolean;
  /** After this it escalates, and again after each further such time; it never stops half-way. */
  readonly timeoutSeconds: number;
  /** Whether nothing is promoted there by itself afterwards, until somebody says so. Default: true. */
  readonly pausesAutoPromotion?: boolean;
  /** Names of notification channels that hear of escalations, whatever the routes say. */
  readonly escalateTo?: readonly string[];
  /** Which failures take a release back. Default: each. */
  readonly triggers?: readonly RollbackTrigger[];
}

export interface ApprovalStage {
  readonly name: string;
  readonly roles: readonly string[];
  readonly people: readonly string[];
  readonly minimumApprovals: number;
  readonly timeoutSeconds: number;
}

/** How the stages of an approval are counted. */
export interface ApprovalRule {
  /** Whether one person counts in several stages. */
  readonly samePersonMayFillStages: boolean;
  /** Whether the gates alone suffice when every one of them passed. */
  readonly isAutomaticWhenGatesPass: boolean;
}

/** Who may do something: people by name (those whom the rules list for a role among them), and holders of roles. */
export interface PeopleRule {
  readonly roles: readonly string[];
  readonly people: readonly string[];
}

/** What of the rules may be set aside for a promotion, and by whom. */
export type OverrideRules = Readonly<Record<'force' | 'skip-validation' | 'auto-approve', PeopleRule>>;

/** Something that has to be ticked before a promotion moves, or after it. */
export interface ChecklistItem {
  readonly item: string;
  readonly phase: 'before' | 'after';
  /** The gate that ticks it by passing. */
  readonly gate: string | undefined;
  /** The role that may tick it; undefined: whoever may tick anything. */
  readonly by: string | undefined;
  /** Whom the rules list for that role. */
  readonly people: readonly string[];
}

export interface GateRequirement {
  readonly gate: string;
  /** What people call it, where several are judged by one gate; left out: the gate's own name. */
  readonly name?: string;
  readonly config: JsonObject;
  readonly onMissing: 'fail' | 'warn';
  /** Evidence older than this is stale, and stale is fail. Undefined: any age. */
  readonly maxAgeSeconds: number | undefined;
  /** Whether it is judged before the deployment, while the release is verified after it, or both. Default: before. */
  readonly phases?: readonly ('before' | 'after')[];
}

/** Where in a promotion a step stands; each phase has its state (engine/workflow/decide.ts). */
export const stepPhases = [
  'initialize',
  'conditions',
  'approval',
  'window',
  'validation',
  'move',
  'deploy',
  'report',
  'notify',
  'restoration',
] as const;
export type StepPhase = (typeof stepPhases)[number];

/** One step as the promotion started with it. */
export interface StepReference {
  readonly name: string;
  /** The step of the engine that runs it, as `custom` runs those of the team's own; left out: the one of its name. */
  readonly uses?: string;
  /** Of the step of the engine. */
  readonly version: number;
  readonly phase: StepPhase;
  readonly isOptional: boolean;
  /** Whether the step has effects that a rollback must undo. */
  readonly isCompensable: boolean;
  readonly config: JsonObject;
}

/** In what a promotion in the emergency lane differs from one of its path. */
export interface HotfixTerms {
  /** The release's name, by which what it leaves to be done is called. */
  readonly release: string;
  /** Whether it enters the lane; it need not have been verified in its source then. */
  readonly isEntry: boolean;
  /** Whether it is the first move of the lane, which leaves what has to be done afterwards. */
  readonly isFirst: boolean;
  /** How long it must have been verified in its source. */
  readonly verifySeconds: number;
  /** What the path demands of others. */
  readonly instead: {
    readonly soakSeconds: number;
    readonly stages: readonly string[];
    readonly gates: readonly string[];
    readonly checklistItems: number;
    readonly skipped: readonly string[];
  };
  /** The branch that must get the fix; left out: the rules name none. */
  readonly mergeBackTo?: string;
  /** Source commits of what ran anywhere when it was asked for: what one of these has is no part of the fix. */
  readonly standsOn: readonly string[];
}

export const reportFormats = ['json', 'markdown', 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** What is kept of how a promotion went, beside what the store remembers. */
export interface ReportRule {
  readonly isKept: boolean;
  /** The folder that each promotion gets one of its own in. */
  readonly folder?: string;
  readonly formats: readonly ReportFormat[];
  /** Whether the six groups of an audit log are kept beside it. */
  readonly hasCompliance: boolean;
}

/**
 * What a promotion started with, stored with it: editing the rules, or installing a newer engine, never changes a
 * promotion that runs (design, section 5).
 */
export interface Definition {
  readonly source: EnvironmentTarget;
  readonly target: EnvironmentTarget;
  readonly gates: readonly GateRequirement[];
  readonly approvalStages: readonly ApprovalStage[];
  /** Absent in promotions of engines that had no such rule. */
  readonly approvalRule?: ApprovalRule;
  /** When the path is open. Absent in promotions that an engine without calendars began: always. */
  readonly schedule?: Schedule;
  /** Absent in promotions of engines that let nobody set anything aside. */
  readonly mayOverride?: OverrideRules;
  /** Absent in promotions of engines that had none. */
  readonly checklist?: readonly ChecklistItem[];
  /** Set in the emergency lane. */
  readonly hotfix?: HotfixTerms;
  readonly bakeSeconds: number;
  /** How long a release must have been verified before its contract migrations run. */
  readonly contractAfterSeconds: number;
  readonly retry: RetryPolicy;
  readonly errorLimits?: ErrorLimits;
  readonly rollback: RollbackPolicy;
  readonly steps: readonly StepReference[];
  /** What the rules leave out of the engine's own steps, though there would be something to do; left out: nothing. */
  readonly leftOut?: readonly DispensableStep[];
  /** Private networks that calls of the rules may reach outside local mode; left out: none. */
  readonly privateNetworks?: readonly string[];
  /**
   * What runs its contract migrations by itself when the undo window is over. Left out by engines that ran them with the
   * next promotion, which such a promotion is then held to.
   */
  readonly contractSteps?: readonly StepReference[];
  /** What the rules let be collected beside the record of the promotion; left out: all of it. */
  readonly collects?: { readonly logs: boolean; readonly metrics: boolean };
  /** Absent in promotions of engines that had no such rule: JSON and Markdown. */
  readonly reports?: ReportRule;
  /** SHA-256 over the rules document it was compiled from. */
  readonly rulesHash: string;
}
