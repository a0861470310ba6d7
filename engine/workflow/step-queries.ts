import type { Evidence } from '../evidence/evidence.ts';
import type { Waiver } from '../evidence/waiver.ts';
import type { Release } from '../release.ts';
import type { Declarations } from '../schedule/schedule.ts';
import type { OpenItemFilter, StoredOpenItem } from '../store/open-item-store.ts';
import type { ChangeEntry, ChecklistTick } from './environment-record.ts';
import type { Plan } from '../plan/plan.ts';
import type { ChainedEvent } from './transition.ts';

export interface Vote {
  readonly stage: string;
  readonly actor: string;
  readonly decision: 'approved' | 'rejected';
  readonly planHash: string;
  readonly comment: string | undefined;
  readonly at: Date;
}

/** What somebody wrote down about a promotion, such as what was done by hand. */
export interface Note {
  readonly by: string;
  readonly text: string;
  readonly at: Date;
  /** Of the request that it came with, where that may be sent again. */
  readonly request?: string | undefined;
}

/** What ran in an environment, newest first. */
export interface DeployedRelease {
  readonly release: Release;
  readonly promotionId: string | undefined;
  readonly deployedAt: Date;
  readonly verifiedAt: Date | undefined;
}

/** A hotfix that was promoted and was not found bad since. */
export interface PromotedHotfix {
  readonly promotionId: string;
  readonly release: Release;
  /** Commits that are no part of the fix, because what ran when it was asked for had them. */
  readonly standsOn: readonly string[];
}

/** A promotion that has moved an environment. */
export interface Mover {
  readonly promotionId: string;
  readonly isRollback: boolean;
}

/** What a step may ask of the engine's own memory; it cannot write there. */
export interface StepQueries {
  /** Newest first. */
  evidence(releaseDigest: string): Promise<readonly Evidence[]>;
  /** All waivers of an application, those that are over or revoked included, newest first. */
  waivers(application: string): Promise<readonly Waiver[]>;
  /** When evidence of any release of the application first named each of these findings. */
  findingsFirstSeen(
    application: string,
    kind: 'findings' | 'bugs',
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Date>>;
  votes(promotionId: string): Promise<readonly Vote[]>;
  /** What people ticked of the checklist, in order. */
  ticks(promotionId: string): Promise<readonly ChecklistTick[]>;
  /** What people wrote down about it, in order. */
  notes(promotionId: string): Promise<readonly Note[]>;
  /** For whom somebody else spoke in it, each with who did. */
  spokenFor(promotionId: string): Promise<ReadonlyMap<string, string>>;
  /** A promotion's audit trail, oldest first. @param afterSeq only those behind this one; default: all. */
  events(promotionId: string, afterSeq?: number): Promise<readonly ChainedEvent[]>;
  /** What a promotion changed in its target, in order. */
  changesOf(promotionId: string): Promise<readonly ChangeEntry[]>;
  /** What was left to be done and is not yet, oldest first. */
  openItems(filter: OpenItemFilter): Promise<readonly StoredOpenItem[]>;
  /** Newest first, the one that runs now included. */
  deployedReleases(application: string, environment: string): Promise<readonly DeployedRelease[]>;
  /** Holds and freezes that people declared for an application in an environment, and that are not over. */
  declarations(application: string, environment: string, at: Date): Promise<Declarations>;
  plan(hash: string): Promise<Plan | undefined>;
  /** Promotions, rollbacks among them, that have moved the target of a plan since it was made, in their order. */
  movedSincePlan(hash: string): Promise<readonly Mover[]>;
  /** The hotfixes of an application, each release once, in the order in which they were promoted. */
  hotfixes(application: string): Promise<readonly PromotedHotfix[]>;
  /** Whether people bound to a role may act for this application and environment. */
  holdersOf(role: string, application: string, environment: string): Promise<readonly string[]>;
}
