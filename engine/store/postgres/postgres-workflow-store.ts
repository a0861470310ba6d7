import { sql, type Kysely } from 'kysely';
import type { Pool } from 'pg';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Waiver } from '../../evidence/waiver.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Release } from '../../release.ts';
import type { Declarations } from '../../schedule/schedule.ts';
import type { LogLine } from '../../workflow/log-buffer.ts';
import type { ChangeEntry, ChecklistTick } from '../../workflow/environment-record.ts';
import type { PromotionRecord } from '../../workflow/promotion.ts';
import type { DeployedRelease, Mover, Note, PromotedHotfix, Vote } from '../../workflow/step-queries.ts';
import type { ChainedEvent, CommitOutcome, Transition } from '../../workflow/transition.ts';
import type { OpenItemFilter, StoredOpenItem } from '../open-item-store.ts';
import type { DispatchRow } from '../service-store.ts';
import type {
  ClaimedPromotion,
  ClaimRequest,
  Lease,
  OutboxRow,
  RenewedLease,
  SlotHolder,
  WorkflowStore,
} from '../workflow-store.ts';
import { readEvidence, readFindingsFirstSeen } from './evidence-records.ts';
import { claimPromotions } from './claim-promotions.ts';
import { readDeclarations } from './declarations.ts';
import { finerTime, hasFinerTime } from './finer-time.ts';
import { readHotfixes } from './hotfixes.ts';
import { readMovers } from './movers.ts';
import { readOpenItems } from './open-items.ts';
import { readChanges, readNotes, readSpokenFor, readTicks } from './promotion-records.ts';
import {
  promotionColumns,
  toOutboxRow,
  toPromotionRecord,
  toRelease,
  type PromotionRow,
  type StoredOutboxRow,
} from './record-mapping.ts';
import type { EngineTables } from './tables.ts';
import { ChangeTeller } from './change-teller.ts';
import { TransitionWriter } from './transition-writer.ts';
import { readWaivers } from './waivers.ts';

/** The engine's memory in Postgres, as workers use it. */
export class PostgresWorkflowStore implements WorkflowStore {
  readonly #pool: Pool;
  readonly #db: Kysely<EngineTables>;
  readonly #writer: TransitionWriter;
  /** Says which promotions have changed, to whoever listens. */
  protected readonly teller: ChangeTeller;
  readonly #aheadSeconds: () => number;

  /** @param aheadSeconds how far what counts as due is ahead of the database's clock. Default: it is that clock's. */
  constructor(pool: Pool, db: Kysely<EngineTables>, aheadSeconds: () => number = () => 0) {
    this.#pool = pool;
    this.#db = db;
    this.#aheadSeconds = aheadSeconds;
    this.#writer = new TransitionWriter(pool);
    this.teller = new ChangeTeller(pool);
  }

  claim(request: ClaimRequest): Promise<readonly ClaimedPromotion[]> {
    return claimPromotions(this.#pool, request, this.#aheadSeconds());
  }

  async takeDispatch(
    limit: number,
    startTimeoutSeconds: number,
    stateVersion: number,
  ): Promise<readonly DispatchRow[]> {
    const { rows } = await this.#pool.query<{ promotion_id: string; run_id: string }>(
      `with due as (
         select d.promotion_id from dispatch d join promotion p on p.id = d.promotion_id
         where d.due_at <= clock_timestamp() + make_interval(secs => $4) and p.state_version <= $3
           and (p.lease_until is null or p.lease_until < clock_timestamp())
           -- A run that was handed it and took it up has died when its lease ran out: nobody waits for that one to begin.
           and (d.run_id is null or d.handed_at < clock_timestamp() - make_interval(secs => $2) or d.handed_at < p.lease_until)
         order by d.due_at limit $1 for update of d skip locked
       )
       update dispatch d set run_id = gen_random_uuid()::text, handed_at = clock_timestamp()
       from due where d.promotion_id = due.promotion_id returning d.promotion_id, d.run_id`,
      [limit, startTimeoutSeconds, stateVersion, this.#aheadSeconds()],
    );
    return rows.map((row) => ({ promotionId: row.promotion_id, runId: row.run_id }));
  }

  async renew(leases: readonly Lease[], leaseSeconds: number): Promise<readonly RenewedLease[]> {
    const { rows } = await this.#pool.query<{ id: string; fence: string; turns: boolean }>({
      name: 'renew',
      text: `
        with held as (
          select p.id from promotion p join unnest($1::text[], $2::bigint[]) as l (id, fence) on p.id = l.id
          where p.fence = l.fence and p.lease_owner is not null
          order by p.id for no key update of p
        )
        update promotion p set lease_until = clock_timestamp() + make_interval(secs => $3)
        from held where p.id = held.id
        returning p.id, p.fence, (p.rollback is not null and p.state <> 'ROLLING_BACK') as turns`,
      values: [leases.map((lease) => lease.promotionId), leases.map((lease) => lease.fence), leaseSeconds],
    });
    return rows.map((row) => ({ promotionId: row.id, fence: Number(row.fence), isAskedToTurnRound: row.turns }));
  }

  async release(leases: readonly Lease[]): Promise<void> {
    await this.#pool.query(
      `update promotion p set lease_owner = null, lease_until = null
       from unnest($1::text[], $2::bigint[]) as l (id, fence) where p.id = l.id and p.fence = l.fence`,
      [leases.map((lease) => lease.promotionId), leases.map((lease) => lease.fence)],
    );
  }

  async load(promotionId: string): Promise<PromotionRecord | undefined> {
    const { rows } = await this.#pool.query<PromotionRow>({
      name: 'load-promotion',
      text: `select ${promotionColumns} from promotion p where p.id = $1`,
      values: [promotionId],
    });
    return rows[0] === undefined ? undefined : toPromotionRecord(rows[0]);
  }

  async loadRelease(releaseId: string): Promise<Release | undefined> {
    const row = await this.#db.selectFrom('release').selectAll().where('id', '=', releaseId).executeTakeFirst();
    return row === undefined ? undefined : toRelease(row);
  }

  async commit(transition: Transition): Promise<CommitOutcome> {
    const outcome = await this.#writer.commit(transition);
    if (outcome.outcome === 'applied') {
      for (const { record } of [transition, ...transition.followUps]) this.teller.tell(record.id);
    }
    return outcome;
  }

  async holderOf(resources: readonly string[]): Promise<SlotHolder | undefined> {
    return this.#db
      .selectFrom('resource_lock as l')
      .innerJoin('promotion as p', 'p.id', 'l.promotion_id')
      .select(['p.id as promotionId', 'p.state'])
      .where('l.resource', 'in', resources)
      .limit(1)
      .executeTakeFirst();
  }

  async appendLogs(lines: readonly LogLine[]): Promise<void> {
    await this.#pool.query({
      name: 'append-logs',
      text: 'select append_step_logs($1::text[], $2::text[], $3::int[], $4::timestamptz[], $5::text[])',
      values: [
        lines.map(({ promotionId }) => promotionId),
        lines.map(({ step }) => step),
        lines.map(({ attempt }) => attempt),
        lines.map(({ at }) => at),
        lines.map(({ line }) => line),
      ],
    });
    for (const id of new Set(lines.map(({ promotionId }) => promotionId))) this.teller.tell(id);
  }

  async takeOutbox(limit: number, leaseSeconds: number): Promise<readonly OutboxRow[]> {
    const now = sql`clock_timestamp() + make_interval(secs => ${this.#aheadSeconds()})`;
    const { rows } = await sql<StoredOutboxRow>`
      with due as materialized (
        select event_id from outbox where sent_at is null and due_at <= ${now}
        order by due_at limit ${limit} for update skip locked
      )
      update outbox o set attempts = o.attempts + 1,
        due_at = ${now} + make_interval(secs => ${leaseSeconds} * least(power(2, o.attempts), 64))
      from due
      where o.event_id = due.event_id
      returning o.event_id as "eventId", o.promotion_id as "promotionId", o.type, o.body, o.created_at as "createdAt", o.attempts
    `.execute(this.#db);
    return rows.map(toOutboxRow);
  }

  async markSent(eventIds: readonly string[]): Promise<void> {
    if (eventIds.length === 0) return;
    await this.#db
      .updateTable('outbox')
      .set({ sent_at: sql<Date>`clock_timestamp()` })
      .where('event_id', 'in', eventIds)
      .execute();
  }

  evidence(releaseDigest: string): Promise<readonly Evidence[]> {
    return readEvidence(this.#db, releaseDigest);
  }

  waivers(application: string): Promise<readonly Waiver[]> {
    return readWaivers(this.#db, application);
  }

  findingsFirstSeen(
    application: string,
    kind: 'findings' | 'bugs',
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Date>> {
    return readFindingsFirstSeen(this.#db, application, kind, ids);
  }

  ticks(promotionId: string): Promise<readonly ChecklistTick[]> {
    return readTicks(this.#db, promotionId);
  }

  notes(promotionId: string): Promise<readonly Note[]> {
    return readNotes(this.#db, promotionId);
  }

  spokenFor(promotionId: string): Promise<ReadonlyMap<string, string>> {
    return readSpokenFor(this.#db, promotionId);
  }

  async votes(promotionId: string): Promise<readonly Vote[]> {
    const rows = await this.#db
      .selectFrom('vote')
      .selectAll()
      .where('promotion_id', '=', promotionId)
      .orderBy('at')
      .execute();
    return rows.map((row) => ({
      stage: row.stage,
      actor: row.actor,
      decision: row.decision,
      planHash: row.plan_hash,
      comment: row.comment ?? undefined,
      at: row.at,
    }));
  }

  async events(promotionId: string, afterSeq = 0): Promise<readonly ChainedEvent[]> {
    const rows = await this.#db
      .selectFrom('event')
      .selectAll()
      .select(hasFinerTime.as('is_finer'))
      .where('promotion_id', '=', promotionId)
      .where('seq', '>', String(afterSeq))
      .orderBy('seq')
      .execute();
    return rows.map((row) => ({
      seq: Number(row.seq),
      at: row.at,
      ...finerTime(row.is_finer),
      type: row.type,
      actor: row.actor,
      data: row.data,
      previousHash: row.previous_hash,
      hash: row.hash,
    }));
  }

  changesOf(promotionId: string): Promise<readonly ChangeEntry[]> {
    return readChanges(this.#db, promotionId);
  }

  openItems(filter: OpenItemFilter): Promise<readonly StoredOpenItem[]> {
    return readOpenItems(this.#db, filter);
  }

  async deployedReleases(application: string, environment: string): Promise<readonly DeployedRelease[]> {
    const rows = await this.#db
      .selectFrom('deployed_release as d')
      .innerJoin('release as r', 'r.id', 'd.release_id')
      .selectAll('r')
      .select(['d.promotion_id', 'd.deployed_at', 'd.verified_at'])
      .where('d.application', '=', application)
      .where('d.environment', '=', environment)
      .orderBy('d.id', 'desc')
      .limit(100)
      .execute();
    return rows.map((row) => ({
      release: toRelease(row),
      promotionId: row.promotion_id ?? undefined,
      deployedAt: row.deployed_at,
      verifiedAt: row.verified_at ?? undefined,
    }));
  }

  declarations(application: string, environment: string, at: Date): Promise<Declarations> {
    return readDeclarations(this.#db, application, environment, at);
  }

  async plan(hash: string): Promise<Plan | undefined> {
    const row = await this.#db.selectFrom('plan').select(['hash', 'body']).where('hash', '=', hash).executeTakeFirst();
    return row;
  }

  movedSincePlan(hash: string): Promise<readonly Mover[]> {
    return readMovers(this.#db, hash);
  }

  hotfixes(application: string): Promise<readonly PromotedHotfix[]> {
    return readHotfixes(this.#db, application);
  }

  async holdersOf(role: string, application: string, environment: string): Promise<readonly string[]> {
    const rows = await this.#db
      .selectFrom('role_binding')
      .select('subject')
      .distinct()
      .where('role', '=', role)
      .where('application', 'in', ['*', application])
      .where('environment', 'in', ['*', environment])
      .execute();
    return rows.map((row) => row.subject);
  }
}
