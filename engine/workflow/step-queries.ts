import type { Evidence } from '../evidence/evidence.ts';
import type { Waiver } from '../evidence/waiver.ts';
import type { Release } from '../release.ts';
import type { Declarations } from '../schedule/schedule.ts';
import type { ChecklistTick } from './environment-record.ts';
import type { Plan } from '../plan/plan.ts';

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
}

/** What ran in an environment, newest first. */
export interface DeployedRelease {
  readonly release: Release;
  readonly promotionId: string | undefined;
  readonly deployedAt: Date;
  readonly verifiedAt: Date | undefined;
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
  /** Newest first, the one that runs now included. */
  deployedReleases(application: string, environment: string): Promise<readonly DeployedRelease[]>;
  /** Holds and freezes that people declared for an application in an environment, and that are not over. */
  declarations(application: string, environment: string, at: Date): Promise<Declarations>;
  plan(hash: string): Promise<Plan | undefined>;
  /** Whether people bound to a role may act for this application and environment. */
  holdersOf(role: string, application: string, environment: string): Promise<readonly string[]>;
}
