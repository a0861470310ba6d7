import type { Release } from '../release.ts';
import type { Definition } from '../workflow/definition.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { EnvironmentState, PromotionFilter } from './service-store.ts';
import type { Sight } from './sight.ts';

/** What was seen in an environment when it was looked at last. */
export interface Observation {
  readonly at: Date;
  /** `unknown`: it could not be found out. */
  readonly health: 'healthy' | 'sick' | 'unknown';
  /** What is wrong, or why nobody knows; undefined: it is well. */
  readonly trouble: string | undefined;
  /** How what runs differs from what is recorded; undefined: it does not, or is being changed. */
  readonly drift: string | undefined;
}

export interface ObservedEnvironment extends Observation {
  readonly application: string;
  readonly environment: string;
}

/** What is remembered of an environment, without what is in its release. */
export interface EnvironmentStanding extends Omit<EnvironmentState, 'release'> {
  readonly release: Pick<Release, 'name' | 'bad'> | undefined;
  /** Undefined: nobody has looked at it. */
  readonly observation: Observation | undefined;
}

/** A promotion as lists tell it: without its steps, and with no more of its definition than its state's words need. */
export interface PromotionSummary extends Omit<
  PromotionRecord,
  'definition' | 'steps' | 'version' | 'fence' | 'eventSeq' | 'headHash' | 'stateVersion'
> {
  /** What people call its release. */
  readonly release: string;
  /** What it asks people for; of one that waits for people. */
  readonly definition: Pick<Definition, 'approvalStages' | 'approvalRule' | 'checklist'> | undefined;
  /** Who wrote the change; of one that waits for people. */
  readonly authors: readonly string[];
}

export interface RowsQuery {
  /** Only applications with this in their names. */
  readonly search: string;
  /** Only names behind this one. */
  readonly after: string;
  /** Only these. Default: every one. */
  readonly among?: readonly string[] | undefined;
  readonly limit: number;
  readonly sight: Sight;
}

/** An application with what is remembered of its environments, by their names. */
export interface ApplicationRow {
  readonly application: string;
  readonly environments: readonly EnvironmentStanding[];
}

/** What has to be known of an environment to see whether it is as it should be. */
export interface RecordedEnvironment {
  readonly application: string;
  readonly environment: string;
  readonly release: string;
  readonly images: readonly { readonly service: string; readonly digest: string }[];
  /** Whether a promotion is changing it now. */
  readonly isBeingChanged: boolean;
}

/** What pages show of many things at once, read as they show it. */
export interface OverviewStore {
  /** By name. */
  rows(query: RowsQuery): Promise<readonly ApplicationRow[]>;
  /** By application and environment. @param application undefined: every one. */
  standings(application: string | undefined, sight: Sight): Promise<readonly EnvironmentStanding[]>;
  /** Newest first. */
  summaries(filter: PromotionFilter): Promise<readonly PromotionSummary[]>;
  /** What is recorded to run in these environments, of every application. */
  recordedIn(environments: readonly string[]): Promise<readonly RecordedEnvironment[]>;
  /** Remembers what was seen, and tells whoever listens when it is other than before. */
  observe(seen: readonly ObservedEnvironment[]): Promise<void>;
}
