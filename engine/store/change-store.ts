import type { ChangeEntry, ChangeKind } from '../workflow/environment-record.ts';
import type { PromotionKind } from '../workflow/promotion.ts';
import type { PromotionState } from '../workflow/state.ts';
import type { Sight } from './sight.ts';

/** Which changes are asked about; what is left out is not limited. */
export interface ChangeScope {
  readonly application?: string | undefined;
  readonly environment?: string | undefined;
  /** Only what may be seen. */
  readonly sight?: Sight;
}

export interface ChangeQuery extends ChangeScope {
  /** Exclusive. */
  readonly since: Date;
  /** Inclusive. */
  readonly until: Date;
  readonly limit: number;
}

/** One thing that changed in an environment, and by which promotion. */
export interface StoredChange extends ChangeEntry {
  readonly at: Date;
  readonly application: string;
  readonly environment: string;
  /** Undefined: no promotion did it; somebody recorded what ran there. */
  readonly promotionId: string | undefined;
  /** An actor's id. */
  readonly changedBy: string;
  /** Without a promotion: who spoke for that person, unverified; of promotions their origin says it. */
  readonly saidBy?: string | undefined;
}

/** One thing that was not as it is now. */
export interface Difference {
  readonly application: string;
  readonly environment: string;
  readonly kind: Exclude<ChangeKind, 'override'>;
  readonly subject: string;
  /** Undefined: it was not there. */
  readonly then: string | undefined;
  /** Undefined: it is not there any more. */
  readonly now: string | undefined;
  /** The last change that made it what it is now. */
  readonly changedAt: Date;
  readonly promotionId: string | undefined;
}

export interface DifferenceQuery extends ChangeScope {
  readonly at: Date;
  readonly limit: number;
}

/** What a promotion that was on its way at an instant was about. */
export interface MovingPromotion {
  readonly id: string;
  readonly application: string;
  readonly release: string;
  readonly from: string;
  readonly to: string;
  readonly requestedBy: string;
  /** Who spoke for that person, unverified. */
  readonly saidBy?: string | undefined;
  readonly startedAt: Date;
  readonly endedAt: Date | undefined;
}

/** What people look at beside a promotion's changes. */
export interface ChangeOrigin {
  readonly promotionId: string;
  readonly release: string;
  readonly kind: PromotionKind;
  readonly state: PromotionState;
  readonly requestedBy: string;
  /** The person behind a machine's request, as the machine told it. */
  readonly onBehalfOf?: string | undefined;
  readonly reason: string | undefined;
  readonly approvedBy: readonly string[];
  /** For whom somebody else spoke, unverified, each with who did. */
  readonly spokenFor: ReadonlyMap<string, string>;
  /** Whether it was taken back, whatever of it has stayed: by itself, or later by a promotion of its own. */
  readonly takenBack: 'by-itself' | 'later' | undefined;
}

/** The memory of what changed where, over all applications. */
export interface ChangeStore {
  /** Newest first. */
  changes(query: ChangeQuery): Promise<readonly StoredChange[]>;
  /** What was not as it is now, the newest difference first. */
  differencesAt(query: DifferenceQuery): Promise<readonly Difference[]>;
  /** Promotions that held their slot at an instant: requested before it, and ended after it or not at all. */
  movingAt(query: DifferenceQuery): Promise<readonly MovingPromotion[]>;
  originsOf(promotionIds: readonly string[]): Promise<readonly ChangeOrigin[]>;
}
