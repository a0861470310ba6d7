import { sql, type Kysely, type Selectable } from 'kysely';
import type { Pool } from 'pg';
import type { Actor } from '../../workflow/actor.ts';
import type { ChangeEntry } from '../../workflow/environment-record.ts';
import type { Override } from '../../workflow/override.ts';
import type { Failure, PromotionKind } from '../../workflow/promotion.ts';
import type { EndState } from '../../workflow/state.ts';
import type { DeployedRevision, EndedPromotion, EndedQuery, HistoryStore } from '../history-store.ts';
import { isUsualLimit, limitOf, queryPrepared } from './prepared-query.ts';
import { toRelease } from './record-mapping.ts';
import type { EngineTables, ReleaseTable, StoredRollback } from './tables.ts';
import { withinSight } from './within-sight.ts';

type RevisionRow = Selectable<ReleaseTable> & {
  readonly number: string;
  readonly promotion_id: string | null;
  readonly returned_by: string | null;
  readonly deployed_at: Date;
  readonly verified_at: Date | null;
};

interface EndedRow {
  readonly id: string;
  readonly kind: PromotionKind;
  readonly application: string;
  readonly release: string;
  readonly from_environment: string;
  readonly to_environment: string;
  readonly lane: string | null;
  readonly state: EndState;
  readonly requested_by: Actor;
  readonly spoken_for: Readonly<Record<string, string>> | null;
  readonly approved_by: string[] | null;
  readonly overrides: readonly Override[] | null;
  readonly reason: string | null;
  readonly failure: Failure | null;
  readonly rollback: StoredRollback | null;
  readonly of: string | null;
  readonly created_at: Date;
  readonly ended_at: Date;
  readonly lay_failed_ms: number | null;
}

interface ChangeRow {
  readonly promotion_id: string;
  readonly kind: ChangeEntry['kind'];
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What happened before, in Postgres. */
export class PostgresHistory implements HistoryStore {
  readonly #pool: Pool;
  readonly #db: Kysely<EngineTables>;

  constructor(pool: Pool, db: Kysely<EngineTables>) {
    this.#pool = pool;
    this.#db = db;
  }

  async revisions(application: string, environment: string): Promise<readonly DeployedRevision[]> {
    const { rows } = await sql<RevisionRow>`
      select r.*, d.number, d.promotion_id, d.deployed_at, d.verified_at,
        (select p.id from promotion p
         where p.application = ${application} and p.to_environment = ${environment}
           and d.deployed_at >= (p.rollback ->> 'at')::timestamptz
           and (p.ended_at is null or d.deployed_at <= p.ended_at)
           and not exists (
             select 1 from promotion b
             where b.id = d.promotion_id and (b.ended_at is null or b.ended_at >= d.deployed_at)
           )
         order by p.created_at desc limit 1) as returned_by
      from (
        select *, row_number() over (order by id) as number from deployed_release
        where application = ${application} and environment = ${environment}
      ) as d join release r on r.id = d.release_id
      order by d.number desc
    `.execute(this.#db);
    return rows.map((row) => ({
      number: Number(row.number),
      release: toRelease(row),
      promotionId: row.promotion_id ?? undefined,
      returnedBy: row.returned_by ?? undefined,
      deployedAt: row.deployed_at,
      verifiedAt: row.verified_at ?? undefined,
    }));
  }

  async lastRollbackMs(
    application: string,
    environment: string,
    kind: 'promote' | 'rollback',
  ): Promise<number | undefined> {
    const { rows } = await sql<{ took: number }>`
      select extract(epoch from ended_at - (rollback ->> 'at')::timestamptz)::float8 * 1000 as took from promotion
      where application = ${application} and to_environment = ${environment} and state = 'ROLLED_BACK'
        and kind = ${kind}
        and (kind = 'rollback' or exists (
          select 1 from step s where s.promotion_id = promotion.id and s.name = 'deploy' and s.attempt > 0
            and s.compensation ->> 'status' = 'done'
        ))
      order by ended_at desc limit 1
    `.execute(this.#db);
    return rows[0]?.took;
  }

  async ended({
    application,
    environment,
    since,
    until,
    states,
    before,
    sight,
    limit,
  }: EndedQuery): Promise<readonly EndedPromotion[]> {
    const conditions = [
      ...(application === undefined ? [] : [sql`and p.application = ${application}`]),
      ...(environment === undefined ? [] : [sql`and p.to_environment = ${environment}`]),
      ...withinSight(sight, sql`p.application`, sql`p.to_environment`).map((condition) => sql`and ${condition}`),
      ...(since === undefined ? [] : [sql`and p.ended_at > ${since}`]),
      ...(until === undefined ? [] : [sql`and p.ended_at <= ${until}`]),
      ...(before === undefined ? [] : [sql`and (p.ended_at, p.id) < (${before.at}, ${before.id})`]),
      // In the text: how rare a state is can be planned for only where it is known which one is meant.
      ...(states === undefined
        ? []
        : [sql`and p.state = any (array[${sql.join(states.map((each) => sql.lit(each)))}]::text[])`]),
    ];
    const query = sql<EndedRow>`
      select p.id, p.kind, p.application, r.name as release, p.from_environment, p.to_environment, p.lane, p.state,
        p.requested_by, p.overrides, p.reason, p.failure, p.rollback, coalesce(p.rollback_of, p.contract_of) as of,
        p.created_at, p.ended_at, p.lay_failed_ms,
        (select jsonb_object_agg(e.actor ->> 'id', e.actor ->> 'spokenForBy') from event e
         where e.promotion_id = p.id and e.actor ->> 'via' = 'cli-as') as spoken_for,
        (select array_agg(distinct v.actor order by v.actor) from vote v
         where v.promotion_id = p.id and v.decision = 'approved' and v.plan_hash = p.plan_hash) as approved_by
      from promotion p join release r on r.id = p.release_id
      where p.ended_at is not null and not p.is_dry_run ${sql.join(conditions, sql` `)}
      order by p.ended_at desc, p.id desc limit ${limitOf(limit)}
    `;
    const isUsual = [since, until, sight].every((each) => each === undefined) && isUsualLimit(limit);
    const rows = await queryPrepared({ pool: this.#pool, db: this.#db }, 'ended-promotions', query, isUsual);
    const changes = await this.#changesOf(rows.map(({ id }) => id));
    return rows.map((row) => toEndedPromotion(row, changes.get(row.id) ?? []));
  }

  async #changesOf(ids: readonly string[]): Promise<ReadonlyMap<string, readonly ChangeEntry[]>> {
    if (ids.length === 0) return new Map();
    const query = sql<ChangeRow>`
      select promotion_id, kind, subject, before, after from change
      where promotion_id = any (${[...ids]}::text[]) order by id
    `;
    const rows = await queryPrepared({ pool: this.#pool, db: this.#db }, 'changes-of-promotions', query);
    const byPromotion = Map.groupBy(rows, ({ promotion_id }) => promotion_id);
    return new Map(
      [...byPromotion].map(([id, own]) => [
        id,
        own.map(({ kind, subject, before, after }) => {
          return { kind, subject, before: before ?? undefined, after: after ?? undefined };
        }),
      ]),
    );
  }

  async takenBack(application: string, environment: string): Promise<ReadonlySet<string>> {
    const { rows } = await sql<{ id: string }>`
      select coalesce(rollback_of, id) as id from promotion
      where application = ${application} and to_environment = ${environment} and state = 'ROLLED_BACK'
      union
      select p ->> 'id' from promotion, jsonb_array_elements(rollback -> 'to' -> 'promotions') as p
      where application = ${application} and to_environment = ${environment} and state = 'ROLLED_BACK'
        and rollback -> 'to' is not null
    `.execute(this.#db);
    return new Set(rows.map(({ id }) => id));
  }
}

function toEndedPromotion(row: EndedRow, changes: readonly ChangeEntry[]): EndedPromotion {
  return {
    id: row.id,
    kind: row.kind,
    application: row.application,
    release: row.release,
    from: row.from_environment,
    to: row.to_environment,
    isHotfix: row.lane === 'hotfix',
    state: row.state,
    requestedBy: row.requested_by.id,
    onBehalfOf: row.requested_by.onBehalfOf,
    spokenFor: new Map(Object.entries(row.spoken_for ?? {})),
    approvedBy: row.approved_by ?? [],
    overrides: row.overrides ?? [],
    reason: row.reason ?? undefined,
    trouble: row.failure?.error.message ?? row.rollback?.reason,
    isCancelled: row.rollback?.trigger === 'cancel',
    of: row.of ?? undefined,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    ...(row.lay_failed_ms === null ? {} : { layFailedMs: row.lay_failed_ms }),
    changes,
  };
}
