import type { Evidence } from '../evidence/evidence.ts';
import type { Release } from '../release.ts';
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

/** What ran in an environment, newest first. */
export interface DeployedRelease {
  readonly release: Release;
  readonly promotionId: string | undefined;
  readonly deployedAt: Date;
  readonly verifiedAt: Date | undefined;
}

/** What a step may ask of the engine's own memory; it cannot write there. */
export interface StepQueries {
  evidence(releaseDigest: string): Promise<readonly Evidence[]>;
  votes(promotionId: string): Promise<readonly Vote[]>;
  /** What people ticked of the checklist, in order. */
  ticks(promotionId: string): Promise<readonly ChecklistTick[]>;
  /** Newest first, the one that runs now included. */
  deployedReleases(application: string, environment: string): Promise<readonly DeployedRelease[]>;
  plan(hash: string): Promise<Plan | undefined>;
  /** Whether people bound to a role may act for this application and environment. */
  holdersOf(role: string, application: string, environment: string): Promise<readonly string[]>;
}
