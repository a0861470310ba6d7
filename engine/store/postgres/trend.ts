import { sql, type Kysely } from 'kysely';
import type { StatisticsQuery, TrendBucket, TrendPoint } from '../statistics-store.ts';
import { restorationsOf } from './restorations.ts';
import { placed } from './statistics-place.ts';
import type { EngineTables } from './tables.ts';

interface Row {
  readonly at: Date;
  readonly attempts: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly rolled_back: number;
  readonly taken_back_later: number;
  readonly moving: number | null;
  readonly lead: number | null;
  readonly restore: number | null;
  readonly validation_failures: number;
}

/** How promotions went, part by part of a time; a part in which nothing was asked for is there, too. */
export async function readTrend(
  db: Kysely<EngineTables>,
  query: StatisticsQuery,
  bucket: TrendBucket,
): Promise<readonly TrendPoint[]> {
  const part = sql.lit(bucket);
  const { since, until } = query;
  const { rows } = await sql<Row>`
    with part as (
      select generate_series(
        date_trunc(${part}, ${since}::timestamptz at time zone 'utc'), ${until}::timestamptz at time zone 'utc',
        ${sql.lit(`1 ${bucket}`)}::interval
      ) at time zone 'utc' as at
    ), asked as (
      select date_trunc(${part}, p.created_at, 'UTC') as at, p.state, p.state = 'COMPLETED_SUCCESSFULLY' as succeeded,
        exists (select 1 from promotion b where b.rollback_of = p.id and b.state = 'ROLLED_BACK') as taken_back_later,
        extract(epoch from p.ended_at - s.started_at)::float8 * 1000 as moving,
        extract(epoch from p.ended_at - r.created_at)::float8 * 1000 as lead
      from promotion p
        join release r on r.id = p.release_id
        left join step s on s.promotion_id = p.id and s.name in ('back-up', 'note-target')
      where p.kind = 'promote' and not p.is_dry_run and p.created_at > ${since} and p.created_at <= ${until} ${placed(query)}
    ), counted as (
      select at, count(*)::int as attempts, count(*) filter (where succeeded)::int as succeeded,
        count(*) filter (where state in ('FAILED', 'ROLLBACK_FAILED'))::int as failed,
        count(*) filter (where state = 'ROLLED_BACK')::int as rolled_back,
        count(*) filter (where succeeded and taken_back_later)::int as taken_back_later,
        avg(moving) filter (where succeeded) as moving, avg(lead) filter (where succeeded) as lead
      from asked group by at
    ), restored as (
      select date_trunc(${part}, begun_at, 'UTC') as at,
        avg(extract(epoch from restored_at - begun_at)::float8 * 1000) as restore
      from (${restorationsOf(query)}) as restoration group by 1
    ), refused as (
      select date_trunc(${part}, e.at, 'UTC') as at, sum(jsonb_array_length(e.data -> 'failedChecks'))::int as count
      from event e join promotion p on p.id = e.promotion_id
      where e.type = 'step-failed' and e.at > ${since} and e.at <= ${until} and e.data ? 'failedChecks'
        and p.kind = 'promote' and not p.is_dry_run ${placed(query)}
      group by 1
    )
    select part.at, coalesce(c.attempts, 0) as attempts, coalesce(c.succeeded, 0) as succeeded,
      coalesce(c.failed, 0) as failed, coalesce(c.rolled_back, 0) as rolled_back, coalesce(c.taken_back_later, 0) as taken_back_later, c.moving, c.lead, r.restore,
      coalesce(f.count, 0) as validation_failures
    from part
      left join counted c using (at)
      left join restored r using (at)
      left join refused f using (at)
    order by part.at
  `.execute(db);
  return rows.map((row) => ({
    at: row.at,
    attempts: row.attempts,
    succeeded: row.succeeded,
    failed: row.failed,
    rolledBack: row.rolled_back,
    takenBackLater: row.taken_back_later,
    movingMs: row.moving ?? undefined,
    leadTimeMs: row.lead ?? undefined,
    restoreMs: row.restore ?? undefined,
    validationFailures: row.validation_failures,
  }));
}
