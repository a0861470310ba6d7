import type { Release } from '../release.ts';
import type { ParkReason, PromotionKind, PromotionRecord } from '../workflow/promotion.ts';
import type { PromotionState } from '../workflow/state.ts';
import type { Vote } from '../workflow/step-queries.ts';
import type { ChainedEvent, Transition } from '../workflow/transition.ts';
import type { AdministrationEvent, AdministrationStore } from './administration-store.ts';
import type { AuditEntryStore } from './audit-entry-store.ts';
import type { CalendarStore } from './calendar-store.ts';
import type { ChangeStore } from './change-store.ts';
import type { EvidenceStore } from './evidence-store.ts';
import type { ListPlace } from './list-place.ts';
import type { DeliveryStore } from './delivery-store.ts';
import type { OverviewStore } from './overview-store.ts';
import type { OpenItemStore } from './open-item-store.ts';
import type { ReplayStore } from './replay-store.ts';
import type { ReportStore } from './report-store.ts';
import type { RoleStore } from './role-store.ts';
import type { HistoryStore } from './history-store.ts';
import type { RetentionStore } from './retention-store.ts';
import type { Sight } from './sight.ts';
import type { StatisticsStore } from './statistics-store.ts';
import type { WaitingStore } from './waiting-store.ts';
import type { WorkflowStore } from './workflow-store.ts';

export interface PromotionFilter {
  /** Only these. Default: every one. */
  readonly ids?: readonly string[];
  readonly application?: string;
  readonly environment?: string;
  /** Only of these. Default: of every one. */
  readonly applications?: readonly string[];
  /** Only what may be seen. Default: everything. */
  readonly sight?: Sight;
  readonly states?: readonly PromotionState[];
  /** Default: every kind. */
  readonly kinds?: readonly PromotionKind[];
  readonly isActive?: boolean;
  /** Only those that wait for one of these. */
  readonly waitingFor?: readonly ParkReason[];
  /** Only those that hold their slot, or only those that do not. */
  readonly holdsSlot?: boolean;
  /** Only what stands behind this place. Default: from the beginning. */
  readonly before?: ListPlace;
  readonly limit: number;
}

export interface CreatedOnce {
  /** Of the new promotion, of the one made before under the same key, or of the one that is on its way. */
  readonly id: string;
  /** Whether nothing was made because another promotes the same release along the same path and has not ended. */
  readonly isOnItsWay: boolean;
}

export interface StoredLogLine {
  readonly seq: number;
  readonly step: string;
  readonly attempt: number;
  readonly at: Date;
  readonly line: string;
}

export interface EnvironmentState {
  readonly application: string;
  readonly name: string;
  readonly release: Release | undefined;
  readonly promotionId: string | undefined;
  readonly deployedAt: Date | undefined;
  readonly verifiedAt: Date | undefined;
  readonly autoPromotionPausedAt: Date | undefined;
  /** The promotion that holds the slot now. */
  readonly slotHeldBy: string | undefined;
  /** Whether what runs came in the emergency lane. */
  readonly isHotfix?: boolean;
  /** Until then a rollback loses nothing; undefined when nothing waits to remove what older releases need. */
  readonly undoWindowUntil?: Date | undefined;
}

export interface DispatchRow {
  readonly promotionId: string;
  readonly runId: string;
}

export interface NewPromotion {
  readonly record: PromotionRecord;
  readonly resources: readonly string[];
  readonly idempotencyKey: string | undefined;
  /** The first transition: its entries, and when it is due. */
  readonly transition: Transition;
}

/** What already runs somewhere, as its first release here. */
export interface Baseline {
  readonly application: string;
  readonly environment: string;
  readonly releaseId: string;
}

/** The newest entry of a chain. */
export interface ChainHead {
  readonly promotionId: string;
  readonly seq: number;
  readonly hash: string;
}

/** Which chains are asked for; what is left out is not limited. */
export interface ChainFilter {
  readonly application?: string | undefined;
  /** The target. */
  readonly environment?: string | undefined;
  /** They had not ended by then. */
  readonly since?: Date | undefined;
  /** They had been asked for by then. */
  readonly until?: Date | undefined;
}

/** A promotion's chain, as audit verification reads it. */
export interface StoredChain {
  readonly promotionId: string;
  readonly events: readonly ChainedEvent[];
}

/** What the service needs of the engine's memory beside what workers need. */
export interface ServiceStore
  extends WorkflowStore, AdministrationStore, ChangeStore, EvidenceStore, OpenItemStore, RoleStore {
  /** Entries of the audit trail over all chains. */
  readonly audit: AuditEntryStore;
  readonly deliveries: DeliveryStore;
  /** Holds and freezes that people declare, and auto-promotion that is paused. */
  readonly calendar: CalendarStore;
  readonly history: HistoryStore;
  /** What pages show of many things at once. */
  readonly overview: OverviewStore;
  /** How promotions were decided, and by what. */
  readonly replay: ReplayStore;
  readonly reports: ReportStore;
  readonly statistics: StatisticsStore;
  readonly retention: RetentionStore;
  readonly waiting: WaitingStore;
  createApplication(name: string): Promise<void>;
  /** Whether it ever had a release. */
  hasApplication(name: string): Promise<boolean>;
  /** Every application that ever had a release. */
  applicationNames(): Promise<readonly string[]>;
  /** Every environment that something ran in or was promoted into. */
  environmentNames(): Promise<readonly string[]>;
  /** Stores a release; the same name with the same digest again is the first one. @throws when the digest differs. */
  createRelease(release: Omit<Release, 'createdAt' | 'bad'>): Promise<Release>;
  findRelease(application: string, name: string): Promise<Release | undefined>;
  listReleases(application: string): Promise<readonly Release[]>;
  /** Those that are marked bad, of every application, the newest mark first. */
  badReleases(): Promise<readonly Release[]>;
  /** @param reason undefined: it is not bad any more. */
  setBad(releaseId: string, reason: string | undefined, event: AdministrationEvent): Promise<void>;
  /** Records what already runs in an environment as its verified release. */
  recordBaseline(baseline: Baseline, event: AdministrationEvent): Promise<void>;
  /** @returns the id of the new promotion, or of the one made before under the same key. */
  createPromotion(promotion: NewPromotion): Promise<string>;
  /** The same, unless its release is on its way along its path already, which is decided with what it writes. */
  createPromotionOnce(promotion: NewPromotion): Promise<CreatedOnce>;
  /** The id of the promotion that was made under a key. */
  findByIdempotencyKey(key: string): Promise<string | undefined>;
  /** Newest first. */
  listPromotions(filter: PromotionFilter): Promise<readonly PromotionRecord[]>;
  /** What people call releases, by their ids. */
  releaseNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  environments(application?: string): Promise<readonly EnvironmentState[]>;
  /** The versions of promotions that have not ended, or ended after a moment, by their ids. */
  versions(endedAfter: Date): Promise<ReadonlyMap<string, number>>;
  /** Votes by promotion, each in the order in which they were given. */
  votesOf(promotionIds: readonly string[]): Promise<ReadonlyMap<string, readonly Vote[]>>;
  /** Whole chains; that of administration is among them unless an application or an environment is named. */
  chains(filter?: ChainFilter): AsyncIterable<StoredChain>;
  logs(promotionId: string, afterSeq: number, limit: number): Promise<readonly StoredLogLine[]>;
  /** Chains that have grown since they were last signed, with their newest entry. */
  unsignedHeads(limit: number): Promise<readonly ChainHead[]>;
  /** How far each chain was ever signed, as the database remembers it. */
  signedSeqs(): Promise<ReadonlyMap<string, number>>;
  markSigned(heads: readonly { promotionId: string; seq: number }[], at: Date): Promise<void>;
  /** Hands due promotions to a run each; one whose run died is handed out again when its lease is over. */
  takeDispatch(limit: number, startTimeoutSeconds: number, stateVersion: number): Promise<readonly DispatchRow[]>;
}
