import type { Kysely } from 'kysely';
import type { Pool } from 'pg';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Waiver, WaiverRevocation } from '../../evidence/waiver.ts';
import type { Release } from '../../release.ts';
import type { PromotionRecord } from '../../workflow/promotion.ts';
import type { Vote } from '../../workflow/step-queries.ts';
import type { ChainedEvent } from '../../workflow/transition.ts';
import type {
  Baseline,
  ChainFilter,
  ChainHead,
  EnvironmentState,
  CreatedOnce,
  NewPromotion,
  PromotionFilter,
  ServiceStore,
  StoredChain,
  StoredLogLine,
} from '../service-store.ts';
import type { AuditEntryStore } from '../audit-entry-store.ts';
import type { CalendarStore } from '../calendar-store.ts';
import { administrationChain, type AdministrationEvent } from '../administration-store.ts';
import type { AnswerStore } from '../answer-store.ts';
import type { DeliveryStore } from '../delivery-store.ts';
import type { OverviewStore } from '../overview-store.ts';
import type { ReplayStore } from '../replay-store.ts';
import type { ReportStore } from '../report-store.ts';
import type { RoleBinding } from '../role-store.ts';
import type { HistoryStore } from '../history-store.ts';
import type { RetentionStore } from '../retention-store.ts';
import type { SessionStore } from '../session-store.ts';
import type { StatisticsStore } from '../statistics-store.ts';
import type { WaitingStore } from '../waiting-store.ts';
import { administer, readAdministrationEvents } from './administration-log.ts';
import type {
  ChangeOrigin,
  ChangeQuery,
  Difference,
  DifferenceQuery,
  MovingPromotion,
  StoredChange,
} from '../change-store.ts';
import { readChangesBetween, readDifferencesAt, readMovingAt, readOrigins, recordBaselineChanges } from './changes.ts';
import { findUnsignedHeads, markHeadsSigned, readSignedSeqs } from './audit-heads.ts';
import { readBadReleases } from './bad-releases.ts';
import { chainIds } from './chain-ids.ts';
import { addEvidence, readFindingNames } from './evidence-records.ts';
import { CommandAnswers } from './command-answers.ts';
import { PostgresDeliveries } from './deliveries.ts';
import { PostgresHistory } from './history.ts';
import { readEnvironmentStates } from './environment-states.ts';
import { createPromotion, createPromotionOnce } from './new-promotions.ts';
import { closeOpenItem } from './open-items.ts';
import { PostgresAuditEntries } from './postgres-audit-entries.ts';
import { PostgresCalendarStore } from './postgres-calendar-store.ts';
import { PostgresOverview } from './postgres-overview.ts';
import { PostgresReplay } from './postgres-replay.ts';
import { PostgresReports } from './postgres-reports.ts';
import { PostgresRetention } from './postgres-retention.ts';
import { PostgresSessions } from './postgres-sessions.ts';
import { PostgresStatistics } from './postgres-statistics.ts';
import { PostgresWaiting } from './postgres-waiting.ts';
import { PostgresWorkflowStore } from './postgres-workflow-store.ts';
import { readAllRoleBindings, readRoleBindings, removeRoleBinding, storeRoleBinding } from './role-bindings.ts';
import { toRelease } from './record-mapping.ts';
import { readPromotionList, readReleaseNames, readVersions, readVotes } from './promotion-lists.ts';
import { isStoredApplication, readApplicationNames, readEnvironmentNames } from './stored-names.ts';
import type { EngineTables } from './tables.ts';
import { addWaiver, readWaiver, readWaivers, revokeWaiver } from './waivers.ts';

/** Another release has this name already; releases never change. */
export class ReleaseExistsError extends Error {
  override readonly name = 'ReleaseExistsError';
}

/** The engine's memory in Postgres, as the service uses it. */
export class PostgresStore extends PostgresWorkflowStore implements ServiceStore {
  readonly audit: AuditEntryStore;
  readonly calendar: CalendarStore;
  readonly #pool: Pool;
  readonly #db: Kysely<EngineTables>;
  /** What commands of the API answered. */
  readonly answers: AnswerStore;
  readonly deliveries: DeliveryStore;
  readonly history: HistoryStore;
  readonly overview: OverviewStore;
  readonly replay: ReplayStore;
  /** Who is signed in to the UI. */
  readonly sessions: SessionStore;
  readonly reports: ReportStore;
  readonly statistics: StatisticsStore;
  readonly retention: RetentionStore;
  readonly waiting: WaitingStore;

  /** @param aheadSeconds how far what counts as due is ahead of the database's clock. */
  constructor(pool: Pool, db: Kysely<EngineTables>, aheadSeconds?: () => number) {
    super(pool, db, aheadSeconds);
    this.#pool = pool;
    this.#db = db;
    this.answers = new CommandAnswers(pool);
    this.audit = new PostgresAuditEntries(db);
    this.deliveries = new PostgresDeliveries(db);
    this.calendar = new PostgresCalendarStore(db);
    this.history = new PostgresHistory(pool, db);
    this.overview = new PostgresOverview(pool, db);
    this.replay = new PostgresReplay(db);
    this.reports = new PostgresReports(db);
    this.sessions = new PostgresSessions(pool);
    this.statistics = new PostgresStatistics(pool, db);
    this.retention = new PostgresRetention(db);
    this.waiting = new PostgresWaiting(db);
  }

  async createApplication(name: string): Promise<void> {
    await this.#db
      .insertInto('application')
      .values({ name })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  hasApplication(name: string): Promise<boolean> {
    return isStoredApplication(this.#pool, name);
  }

  applicationNames(): Promise<readonly string[]> {
    return readApplicationNames(this.#pool);
  }

  environmentNames(): Promise<readonly string[]> {
    return readEnvironmentNames(this.#pool);
  }

  async createRelease(release: Omit<Release, 'createdAt' | 'bad'>): Promise<Release> {
    await this.#db
      .insertInto('release')
      .values({
        id: release.id,
        application: release.application,
        name: release.name,
        digest: release.digest,
        content: JSON.stringify(release.content),
        created_by: release.createdBy,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const stored = await this.findRelease(release.application, release.name);
    if (stored?.digest !== release.digest) {
      throw new ReleaseExistsError(
        `${release.application} has another release called ${release.name} (${stored?.digest ?? 'unreadable'}). Releases never change: choose another name.`,
      );
    }
    return stored;
  }

  async findRelease(application: string, name: string): Promise<Release | undefined> {
    const row = await this.#db
      .selectFrom('release')
      .selectAll()
      .where('application', '=', application)
      .where('name', '=', name)
      .executeTakeFirst();
    return row === undefined ? undefined : toRelease(row);
  }

  async listReleases(application: string): Promise<readonly Release[]> {
    const rows = await this.#db
      .selectFrom('release')
      .selectAll()
      .where('application', '=', application)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .execute();
    return rows.map(toRelease);
  }

  badReleases(): Promise<readonly Release[]> {
    return readBadReleases(this.#db);
  }

  async setBad(releaseId: string, reason: string | undefined, event: AdministrationEvent): Promise<void> {
    const bad = { bad_since: event.at, bad_reason: reason ?? '', bad_by: event.actor.id };
    await administer(this.#db, event, async (transaction) => {
      // In the order in which transitions lock, so that neither waits for the other in a circle.
      await transaction
        .selectFrom('promotion')
        .select('id')
        .where('release_id', '=', releaseId)
        .where('ended_at', 'is', null)
        .orderBy('id')
        .forNoKeyUpdate()
        .execute();
      const { numUpdatedRows } = await transaction
        .updateTable('release')
        .set(reason === undefined ? { bad_since: null, bad_reason: null, bad_by: null } : bad)
        .where('id', '=', releaseId)
        .where('bad_since', reason === undefined ? 'is not' : 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 0n ? 'unchanged' : 'changed';
    });
  }

  addEvidence(
    application: string,
    evidence: readonly Evidence[],
    event: AdministrationEvent,
  ): Promise<'added' | 'unchanged'> {
    return addEvidence(this.#db, application, evidence, event);
  }

  findingNames(application: string): Promise<readonly string[]> {
    return readFindingNames(this.#db, application);
  }

  addWaiver(waiver: Waiver, event: AdministrationEvent): Promise<Waiver> {
    return addWaiver(this.#db, waiver, event);
  }

  waiver(id: string): Promise<Waiver | undefined> {
    return readWaiver(this.#db, id);
  }

  allWaivers(): Promise<readonly Waiver[]> {
    return readWaivers(this.#db, undefined);
  }

  revokeWaiver(id: string, revocation: WaiverRevocation, event: AdministrationEvent): Promise<Waiver | undefined> {
    return revokeWaiver(this.#db, id, revocation, event);
  }

  async recordBaseline(baseline: Baseline, event: AdministrationEvent): Promise<void> {
    const { application, environment, releaseId } = baseline;
    const row = { release_id: releaseId, promotion_id: null, deployed_at: event.at, verified_at: event.at };
    await administer(this.#db, event, async (transaction) => {
      const before = await transaction
        .selectFrom('environment')
        .select('release_id')
        .where('application', '=', application)
        .where('name', '=', environment)
        .forUpdate()
        .executeTakeFirst();
      if (before?.release_id === releaseId) return 'unchanged';
      await transaction
        .insertInto('environment')
        .values({ application, name: environment, ...row })
        .onConflict((conflict) => conflict.columns(['application', 'name']).doUpdateSet(row))
        .execute();
      await transaction
        .insertInto('deployed_release')
        .values({ application, environment, ...row })
        .execute();
      await recordBaselineChanges(transaction, baseline, before?.release_id ?? undefined, event);
      return 'changed';
    });
  }

  async createPromotion(promotion: NewPromotion): Promise<string> {
    const id = await createPromotion(this.#pool, promotion);
    this.teller.tell(id);
    return id;
  }

  async createPromotionOnce(promotion: NewPromotion): Promise<CreatedOnce> {
    const created = await createPromotionOnce(this.#pool, promotion);
    this.teller.tell(created.id);
    return created;
  }

  /** Tells what is left to be told, before its connections are closed. */
  close(): Promise<void> {
    return this.teller.close();
  }

  async findByIdempotencyKey(key: string): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('promotion')
      .select('id')
      .where('idempotency_key', '=', key)
      .executeTakeFirst();
    return row?.id;
  }

  listPromotions(filter: PromotionFilter): Promise<readonly PromotionRecord[]> {
    return readPromotionList(this.#db, filter);
  }

  releaseNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return readReleaseNames(this.#db, ids);
  }

  versions(endedAfter: Date): Promise<ReadonlyMap<string, number>> {
    return readVersions(this.#db, endedAfter);
  }

  votesOf(promotionIds: readonly string[]): Promise<ReadonlyMap<string, readonly Vote[]>> {
    return readVotes(this.#db, promotionIds);
  }

  environments(application?: string): Promise<readonly EnvironmentState[]> {
    return readEnvironmentStates(this.#db, application);
  }

  closeOpenItem(id: string, note: string, event: AdministrationEvent): Promise<boolean> {
    return closeOpenItem(this.#db, id, note, event);
  }

  changes(query: ChangeQuery): Promise<readonly StoredChange[]> {
    return readChangesBetween({ pool: this.#pool, db: this.#db }, query);
  }

  differencesAt(query: DifferenceQuery): Promise<readonly Difference[]> {
    return readDifferencesAt(this.#db, query);
  }

  movingAt(query: DifferenceQuery): Promise<readonly MovingPromotion[]> {
    return readMovingAt(this.#db, query);
  }

  originsOf(promotionIds: readonly string[]): Promise<readonly ChangeOrigin[]> {
    return readOrigins({ pool: this.#pool, db: this.#db }, promotionIds);
  }

  async *chains(filter: ChainFilter = {}): AsyncIterable<StoredChain> {
    for await (const id of chainIds(this.#db, filter)) {
      const events = await this.events(id);
      // What was pruned since its name was read has no chain any more.
      if (events.length > 0 || (await this.load(id)) !== undefined) yield { promotionId: id, events };
    }
    if (filter.application !== undefined || filter.environment !== undefined) return;
    const events = await this.administrationEvents();
    if (events.length > 0) yield { promotionId: administrationChain, events };
  }

  async logs(promotionId: string, afterSeq: number, limit: number): Promise<readonly StoredLogLine[]> {
    const rows = await this.#db
      .selectFrom('step_log')
      .selectAll()
      .where('promotion_id', '=', promotionId)
      .where('seq', '>', String(afterSeq))
      .orderBy('seq')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      seq: Number(row.seq),
      step: row.step,
      attempt: row.attempt,
      at: row.at,
      line: row.line,
    }));
  }

  roleBindings(subject: string): Promise<readonly RoleBinding[]> {
    return readRoleBindings(this.#db, subject);
  }

  allRoleBindings(): Promise<readonly RoleBinding[]> {
    return readAllRoleBindings(this.#db);
  }

  bindRole(binding: RoleBinding, event: AdministrationEvent): Promise<void> {
    return storeRoleBinding(this.#db, binding, event);
  }

  unbindRole(binding: RoleBinding, event: AdministrationEvent): Promise<boolean> {
    return removeRoleBinding(this.#db, binding, event);
  }

  administrationEvents(): Promise<readonly ChainedEvent[]> {
    return readAdministrationEvents(this.#db);
  }

  unsignedHeads(limit: number): Promise<readonly ChainHead[]> {
    return findUnsignedHeads(this.#db, limit);
  }

  async recordAdministration(event: AdministrationEvent): Promise<void> {
    await administer(this.#db, event, () => Promise.resolve());
  }

  signedSeqs(): Promise<ReadonlyMap<string, number>> {
    return readSignedSeqs(this.#db);
  }

  markSigned(heads: readonly { promotionId: string; seq: number }[], at: Date): Promise<void> {
    return markHeadsSigned(this.#db, heads, at);
  }
}
