import { sql, type Kysely, type Transaction } from 'kysely';
import type { JsonObject } from '../../json.ts';
import type { ApplicationPast, PastDeployment, PastEntry, PastHotfix, PastPromotion } from '../../replay/past.ts';
import { tellingEntries } from '../../replay/past.ts';
import type { Actor } from '../../workflow/actor.ts';
import type { Lane } from '../../workflow/override.ts';
import type { PastPromotionQuery, PastReader, ReplayStore } from '../replay-store.ts';
import { readCommonPast } from './common-past.ts';
import { readRecordedEvidence } from './recorded-evidence.ts';
import { pastPromotionColumns, toPromotionRecord, toRelease, type PromotionRow } from './record-mapping.ts';
import type { EngineTables } from './tables.ts';
import { readWaivers } from './waivers.ts';

/** The past in Postgres: one snapshot, in a transaction that may only read. */
export class PostgresReplay implements ReplayStore {
  readonly #db: Kysely<EngineTables>;

  constructor(db: Kysely<EngineTables>) {
    this.#db = db;
  }

  look<Result>(use: (past: PastReader) => Promise<Result>): Promise<Result> {
    return this.#db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((transaction) => use(new PostgresPast(transaction)));
  }
}

class PostgresPast implements PastReader {
  readonly #db: Transaction<EngineTables>;

  constructor(db: Transaction<EngineTables>) {
    this.#db = db;
  }

  async applications(since: Date | undefined): Promise<readonly string[]> {
    let query = this.#db.selectFrom('promotion').select('application').distinct().where('kind', '=', 'promote');
    if (since !== undefined) query = query.where('created_at', '>', since);
    const rows = await query.orderBy('application').execute();
    return rows.map(({ application }) => application);
  }

  common() {
    return readCommonPast(this.#db);
  }

  async application(name: string): Promise<ApplicationPast> {
    const releases = await this.#db
      .selectFrom('release')
      .selectAll()
      .where('application', '=', name)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .execute();
    return {
      application: name,
      releases: releases.map(toRelease),
      evidence: await readRecordedEvidence(this.#db, name),
      waivers: await readWaivers(this.#db, name),
      deployments: await this.#deployments(name),
      hotfixes: await this.#hotfixes(name),
    };
  }

  async promotions({ application, since, after, limit }: PastPromotionQuery): Promise<readonly PastPromotion[]> {
    const conditions = [
      ...(since === undefined ? [] : [sql`and p.created_at > ${since}`]),
      ...(after === undefined
        ? []
        : [sql`and (p.created_at, p.id) > (${await this.#createdAt(after.id)}, ${after.id})`]),
    ];
    const { rows } = await sql<PromotionRow>`
      select ${sql.raw(pastPromotionColumns)} from promotion p
      where p.application = ${application} and p.kind = 'promote' ${sql.join(conditions, sql` `)}
      order by p.created_at, p.id limit ${limit}
    `.execute(this.#db);
    const entries = await this.#entries(rows.map(({ id }) => id));
    return rows.map((row) => ({ record: toPromotionRecord(row), entries: entries.get(row.id) ?? [] }));
  }

  /** As the database has it, which is finer than what a date holds. */
  async #createdAt(id: string) {
    const row = await this.#db
      .selectFrom('promotion')
      .select(sql<string>`created_at::text`.as('at'))
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return sql`${row.at}::timestamptz`;
  }

  async #entries(ids: readonly string[]): Promise<ReadonlyMap<string, readonly PastEntry[]>> {
    if (ids.length === 0) return new Map();
    const { rows } = await sql<{ promotion_id: string; at: Date; type: string; actor: Actor; data: JsonObject }>`
      select promotion_id, at, type, actor,
        case when type = 'step-finished' and data ->> 'step' not in ('validate-conditions', 'revalidate')
          then data - 'output' else data end as data
      from event
      where promotion_id = any (${[...ids]}::text[]) and type = any (${[...tellingEntries]}::text[])
      order by promotion_id, seq
    `.execute(this.#db);
    return Map.groupBy(rows, ({ promotion_id: id }) => id);
  }

  async #deployments(application: string): Promise<readonly PastDeployment[]> {
    const { rows } = await sql<{
      environment: string;
      release_id: string;
      promotion_id: string | null;
      kind: string | null;
      lane: Lane | null;
      deployed_at: Date;
      verified_at: Date[] | null;
    }>`
      select d.environment, d.release_id, d.promotion_id, p.kind, p.lane, d.deployed_at,
        (select array_agg(v.verified_at order by v.verified_at) from verification v where v.deployed_id = d.id) as verified_at
      from deployed_release d left join promotion p on p.id = d.promotion_id
      where d.application = ${application} order by d.id desc
    `.execute(this.#db);
    return rows.map((row) => ({
      environment: row.environment,
      releaseId: row.release_id,
      promotionId: row.promotion_id ?? undefined,
      lane: row.kind === null ? undefined : (row.lane ?? 'normal'),
      deployedAt: row.deployed_at,
      verifiedAt: row.verified_at ?? [],
    }));
  }

  async #hotfixes(application: string): Promise<readonly PastHotfix[]> {
    const { rows } = await sql<{ id: string; release_id: string; stands_on: string[] | null; ended_at: Date }>`
      select id, release_id, definition -> 'hotfix' -> 'standsOn' as stands_on, ended_at from promotion
      where application = ${application} and lane = 'hotfix' and kind = 'promote'
        and state = 'COMPLETED_SUCCESSFULLY' and not is_dry_run
      order by ended_at, id
    `.execute(this.#db);
    return rows.map((row) => ({
      promotionId: row.id,
      releaseId: row.release_id,
      standsOn: row.stands_on ?? [],
      endedAt: row.ended_at,
    }));
  }
}
