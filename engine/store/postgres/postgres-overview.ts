import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Pool } from 'pg';
import type {
  ApplicationRow,
  EnvironmentStanding,
  ObservedEnvironment,
  OverviewStore,
  PromotionSummary,
  RecordedEnvironment,
  RowsQuery,
} from '../overview-store.ts';
import type { PromotionFilter } from '../service-store.ts';
import type { Sight } from '../sight.ts';
import { recordObservations } from './observations.ts';
import { isUsualLimit, limitOf, queryPrepared } from './prepared-query.ts';
import { promotionConditions } from './promotion-conditions.ts';
import { summaryColumns, toStanding, type StandingRow } from './record-mapping.ts';
import type { EngineTables } from './tables.ts';
import { withinSight } from './within-sight.ts';

interface EnvironmentRow {
  readonly application: string;
  /** Null: the application has none that may be seen. */
  readonly environment: string | null;
  readonly release: string | null;
  readonly bad_since: Date | null;
  readonly bad_reason: string | null;
  readonly bad_by: string | null;
  readonly promotion_id: string | null;
  readonly deployed_at: Date | null;
  readonly verified_at: Date | null;
  readonly auto_promotion_paused_at: Date | null;
  readonly held_by: string | null;
  readonly is_hotfix: boolean | null;
  readonly undo_until: Date | null;
  readonly observed_at: Date | null;
  readonly health: 'healthy' | 'sick' | 'unknown' | null;
  readonly trouble: string | null;
  readonly drift: string | null;
}

type SummaryRow = StandingRow & {
  readonly release: string;
  readonly definition: NonNullable<PromotionSummary['definition']> | null;
  readonly authors: readonly string[] | null;
};

/** What pages show of many things at once, in Postgres: a question for each page, answered by keys. */
export class PostgresOverview implements OverviewStore {
  readonly #pool: Pool;
  readonly #db: Kysely<EngineTables>;

  constructor(pool: Pool, db: Kysely<EngineTables>) {
    this.#pool = pool;
    this.#db = db;
  }

  async rows({ search, after, among, limit, sight }: RowsQuery): Promise<readonly ApplicationRow[]> {
    const found = await this.#standings(
      sql`
        select a.name from application a
        where ${sql.join(
          [
            sql`a.name > ${after}`,
            ...(among === undefined ? [] : [sql`a.name = any (${[...among]}::text[])`]),
            ...(search === '' ? [] : [sql`position(${search.toLowerCase()} in lower(a.name)) > 0`]),
            ...withinSight(sight, sql`a.name`, undefined),
          ],
          sql` and `,
        )}
        order by a.name limit ${limitOf(limit)}`,
      sight,
      isUsualLimit(limit),
    );
    return [...Map.groupBy(found, ({ application }) => application)].map(([application, rows]) => ({
      application,
      environments: rows.flatMap(toEnvironmentStanding),
    }));
  }

  async standings(application: string | undefined, sight: Sight): Promise<readonly EnvironmentStanding[]> {
    const wanted = [
      ...(application === undefined ? [] : [sql`a.name = ${application}`]),
      ...withinSight(sight, sql`a.name`, undefined),
    ];
    const limits = wanted.length === 0 ? sql`` : sql`where ${sql.join(wanted, sql` and `)}`;
    const rows = await this.#standings(sql`select a.name from application a ${limits}`, sight, true);
    return rows.flatMap(toEnvironmentStanding);
  }

  async summaries(filter: PromotionFilter): Promise<readonly PromotionSummary[]> {
    const query = sql<SummaryRow>`
      select ${sql.raw(summaryColumns)} from promotion p join release r on r.id = p.release_id
      where ${promotionConditions(filter)}
      order by p.created_at desc, p.id desc limit ${limitOf(filter.limit)}
    `;
    const isPlain = filter.kinds === undefined && filter.states === undefined && isUsualLimit(filter.limit);
    const isUsual = isPlain && (filter.sight === undefined || filter.applications !== undefined);
    const rows = await queryPrepared({ pool: this.#pool, db: this.#db }, 'promotion-summaries', query, isUsual);
    return rows.map((row) => ({
      ...toStanding(row),
      release: row.release,
      definition: row.definition ?? undefined,
      authors: row.authors ?? [],
    }));
  }

  async recordedIn(environments: readonly string[]): Promise<readonly RecordedEnvironment[]> {
    const { rows } = await sql<RecordedEnvironment>`
      select e.application, e.name as environment, r.name as release, r.content -> 'images' as images,
        l.promotion_id is not null as "isBeingChanged"
      from environment e join release r on r.id = e.release_id
        left join resource_lock l on l.resource = 'slot:' || e.application || '/' || e.name
      where e.name = any (${[...environments]}::text[])
    `.execute(this.#db);
    return rows;
  }

  observe(seen: readonly ObservedEnvironment[]): Promise<void> {
    return recordObservations(this.#db, seen);
  }

  /** @param page selects the names of applications. */
  async #standings(page: RawBuilder<unknown>, sight: Sight, isUsual: boolean): Promise<readonly EnvironmentRow[]> {
    const seen = withinSight(sight, sql`e.application`, sql`e.name`);
    const query = sql<EnvironmentRow>`
      with page as materialized (${page}),
      -- What waits to remove what older releases need, also while it waits for the environment to open. There are few.
      contract as materialized (
        select c.application, c.to_environment, c.release_id, min((c.parked ->> 'until')::timestamptz) as until
        from promotion c
        where c.kind = 'contract' and c.ended_at is null and c.parked ->> 'reason' in ('undo-window', 'window')
        group by 1, 2, 3
      )
      select page.name as application, e.name as environment, r.name as release, r.bad_since, r.bad_reason, r.bad_by,
        e.promotion_id, e.deployed_at, e.verified_at, e.auto_promotion_paused_at, l.promotion_id as held_by,
        p.id is not null as is_hotfix, contract.until as undo_until, o.at as observed_at, o.health, o.trouble, o.drift
      from page
        left join environment e on ${sql.join([sql`e.application = page.name`, ...seen], sql` and `)}
        left join release r on r.id = e.release_id
        left join promotion p on p.id = e.promotion_id and p.lane = 'hotfix'
        left join resource_lock l on l.resource = 'slot:' || e.application || '/' || e.name
        left join contract on contract.application = e.application and contract.to_environment = e.name
          and contract.release_id = e.release_id
        left join environment_observation o on o.application = e.application and o.environment = e.name
      order by page.name, e.name
    `;
    return queryPrepared({ pool: this.#pool, db: this.#db }, 'environment-standings', query, isUsual);
  }
}

function toEnvironmentStanding(row: EnvironmentRow): readonly EnvironmentStanding[] {
  if (row.environment === null) return [];
  return [
    {
      application: row.application,
      name: row.environment,
      release: row.release === null ? undefined : { name: row.release, ...badMarkOf(row) },
      promotionId: row.promotion_id ?? undefined,
      deployedAt: row.deployed_at ?? undefined,
      verifiedAt: row.verified_at ?? undefined,
      autoPromotionPausedAt: row.auto_promotion_paused_at ?? undefined,
      slotHeldBy: row.held_by ?? undefined,
      isHotfix: row.is_hotfix ?? false,
      undoWindowUntil: row.undo_until ?? undefined,
      observation: observationOf(row),
    },
  ];
}

function badMarkOf({ bad_since: since, bad_reason: reason, bad_by: by }: EnvironmentRow) {
  return since === null ? {} : { bad: { since, reason: reason ?? '', by: by ?? '' } };
}

function observationOf({
  observed_at: at,
  health,
  trouble,
  drift,
}: EnvironmentRow): EnvironmentStanding['observation'] {
  if (at === null || health === null) return undefined;
  return { at, health, trouble: trouble ?? undefined, drift: drift ?? undefined };
}
