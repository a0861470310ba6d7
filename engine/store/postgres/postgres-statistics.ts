import { sql, type Kysely } from 'kysely';
import type { Pool } from 'pg';
import { outcomeName, type OutcomeName } from '../../workflow/outcome.ts';
import { endStates } from '../../workflow/state.ts';
import type {
  Durations,
  PlaceStatistics,
  PromotionStatistics,
  StatisticsQuery,
  PlaceRestorations,
  Restorations,
  StatisticsStore,
  TrendBucket,
  TrendPoint,
  ValidationFailures,
} from '../statistics-store.ts';
import { queryPrepared } from './prepared-query.ts';
import { readRestorations } from './restorations.ts';
import { isOfOneApplication, placed } from './statistics-place.ts';
import type { EngineTables } from './tables.ts';
import { readTrend } from './trend.ts';

interface Row {
  readonly is_total: boolean;
  readonly application: string | null;
  readonly environment: string | null;
  readonly attempts: number;
  readonly running: number;
  readonly states: Readonly<Record<string, number>>;
  readonly requirements_not_met: number;
  readonly taken_back_later: number;
  readonly duration_mean: number | null;
  readonly duration_p95: number | null;
  readonly moving_mean: number | null;
  readonly moving_p95: number | null;
  readonly lead_mean: number | null;
  readonly lead_p95: number | null;
}

/** Counts promotions where they are stored. */
export class PostgresStatistics implements StatisticsStore {
  readonly #pool: Pool;
  readonly #db: Kysely<EngineTables>;

  constructor(pool: Pool, db: Kysely<EngineTables>) {
    this.#pool = pool;
    this.#db = db;
  }

  async promotions(
    query: StatisticsQuery,
  ): Promise<{ readonly total: PromotionStatistics; readonly places: readonly PlaceStatistics[] }> {
    const states = sql.join(
      endStates.map((state) => sql`${sql.lit(state)}, count(*) filter (where a.state = ${sql.lit(state)})`),
    );
    const counting = sql<Row>`
      with a as (
        select p.application, p.to_environment as environment, p.state, p.ended_at,
          p.failure ->> 'requirementsNotMet' = 'true' as requirements_not_met,
          exists (select 1 from promotion b where b.rollback_of = p.id and b.state = 'ROLLED_BACK') as taken_back_later,
          extract(epoch from p.ended_at - p.created_at)::float8 * 1000 - coalesce(p.lay_failed_ms, 0) as duration,
          extract(epoch from p.ended_at - s.started_at)::float8 * 1000 as moving,
          extract(epoch from p.ended_at - r.created_at)::float8 * 1000 as lead,
          p.state = 'COMPLETED_SUCCESSFULLY' as succeeded
        from promotion p
          join release r on r.id = p.release_id
          left join step s on s.promotion_id = p.id and s.name in ('back-up', 'note-target')
        where p.kind = 'promote' and not p.is_dry_run and p.created_at > ${query.since} and p.created_at <= ${query.until}
          ${placed(query)}
      )
      select grouping(application) = 1 as is_total, application, environment,
        count(*)::int as attempts, count(*) filter (where ended_at is null)::int as running,
        jsonb_build_object(${states}) as states,
        count(*) filter (where state = 'FAILED' and requirements_not_met)::int as requirements_not_met,
        count(*) filter (where succeeded and taken_back_later)::int as taken_back_later,
        avg(duration) filter (where succeeded) as duration_mean,
        percentile_cont(0.95) within group (order by duration) filter (where succeeded) as duration_p95,
        avg(moving) filter (where succeeded) as moving_mean,
        percentile_cont(0.95) within group (order by moving) filter (where succeeded) as moving_p95,
        avg(lead) filter (where succeeded) as lead_mean,
        percentile_cont(0.95) within group (order by lead) filter (where succeeded) as lead_p95
      from a group by grouping sets ((application, environment), ())
      order by application nulls first, environment
    `;
    const rows = await queryPrepared(this.#connection, 'counted-promotions', counting, isOfOneApplication(query));
    const total = rows.find(({ is_total }) => is_total);
    if (total === undefined) throw new Error('the database counted nothing, not even none');
    return {
      total: toStatistics(total),
      places: rows
        .filter(({ is_total }) => !is_total)
        .map((row) => ({
          application: row.application ?? '',
          environment: row.environment ?? '',
          ...toStatistics(row),
        })),
    };
  }

  async validationFailures(query: StatisticsQuery): Promise<readonly ValidationFailures[]> {
    const counting = sql<ValidationFailures>`
      select p.application, p.to_environment as environment, coalesce(f.gate, e.data ->> 'step') as gate, count(*)::int as count
      from event e
        join promotion p on p.id = e.promotion_id
        left join lateral jsonb_array_elements_text(e.data -> 'failedChecks') as f (gate) on true
      where e.type = 'step-failed' and e.at > ${query.since} and e.at <= ${query.until}
        and p.kind = 'promote' and not p.is_dry_run
        and (e.data ? 'failedChecks' or e.data ->> 'step' = any (${[...validatingSteps]}::text[]))
        ${placed(query)}
      group by 1, 2, 3 order by count(*) desc, 1, 2, 3
    `;
    return queryPrepared(this.#connection, 'counted-failures', counting, isOfOneApplication(query));
  }

  restorations(
    query: StatisticsQuery,
  ): Promise<{ readonly total: Restorations; readonly places: readonly PlaceRestorations[] }> {
    return readRestorations(this.#connection, query);
  }

  get #connection() {
    return { pool: this.#pool, db: this.#db };
  }

  trend(query: StatisticsQuery, bucket: TrendBucket): Promise<readonly TrendPoint[]> {
    return readTrend(this.#db, query, bucket);
  }
}

/** Steps whose failure is one of validation, also where it names no gate. */
const validatingSteps = ['validate-conditions', 'validate-artifacts', 'revalidate'] as const;

function toStatistics(row: Row): PromotionStatistics {
  const outcomes = endStates.map((state) => [outcomeName(state), row.states[state] ?? 0] as const);
  return {
    attempts: row.attempts,
    running: row.running,
    outcomes: Object.fromEntries(outcomes) as Readonly<Record<OutcomeName, number>>,
    requirementsNotMet: row.requirements_not_met,
    takenBackLater: row.taken_back_later,
    duration: toDurations(row.duration_mean, row.duration_p95),
    moving: toDurations(row.moving_mean, row.moving_p95),
    leadTime: toDurations(row.lead_mean, row.lead_p95),
  };
}

function toDurations(meanMs: number | null, p95Ms: number | null): Durations | undefined {
  return meanMs === null || p95Ms === null ? undefined : { meanMs, p95Ms };
}
