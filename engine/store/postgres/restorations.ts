import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Pool } from 'pg';
import type { PlaceRestorations, Restorations, StatisticsQuery } from '../statistics-store.ts';
import { queryPrepared } from './prepared-query.ts';
import { isOfOneApplication, placed } from './statistics-place.ts';
import type { EngineTables } from './tables.ts';

interface Row {
  readonly is_total: boolean;
  readonly application: string | null;
  readonly environment: string | null;
  readonly needed: number;
  readonly open: number;
  readonly mean: number | null;
  readonly p95: number | null;
}

/**
 * Each time an environment needed to be got well again, with when it was so: an expression for a `with` list, of the
 * columns application, environment, begun_at and restored_at. What never deployed, such as a promotion that was cancelled
 * before, had broken nothing.
 */
export function restorationsOf(query: StatisticsQuery): RawBuilder<unknown> {
  return sql`
    select i.*, (
      select min(q.ended_at) from promotion q
      where q.application = i.application and q.to_environment = i.environment and q.ended_at >= i.begun_at
        and q.state in ('COMPLETED_SUCCESSFULLY', 'ROLLED_BACK') and q.kind <> 'contract' and not q.is_dry_run
    ) as restored_at
    from (
      select p.application, p.to_environment as environment, (p.rollback ->> 'at')::timestamptz as begun_at
      from promotion p
      where p.rollback is not null and not p.is_dry_run ${placed(query)}
        and (p.kind = 'rollback' or exists (
          select 1 from step s where s.promotion_id = p.id and s.name = 'deploy' and s.attempt > 0
        ))
    ) as i
    where i.begun_at > ${query.since} and i.begun_at <= ${query.until}
  `;
}

/** By place and all together. */
export async function readRestorations(
  connection: { readonly pool: Pool; readonly db: Kysely<EngineTables> },
  query: StatisticsQuery,
): Promise<{ readonly total: Restorations; readonly places: readonly PlaceRestorations[] }> {
  const counting = sql<Row>`
    with restoration as (${restorationsOf(query)}), timed as (
      select *, extract(epoch from restored_at - begun_at)::float8 * 1000 as took from restoration
    )
    select grouping(application) = 1 as is_total, application, environment,
      count(*)::int as needed, count(*) filter (where restored_at is null)::int as open,
      avg(took) as mean, percentile_cont(0.95) within group (order by took) as p95
    from timed group by grouping sets ((application, environment), ())
    order by application nulls first, environment
  `;
  const rows = await queryPrepared(connection, 'counted-restorations', counting, isOfOneApplication(query));
  const total = rows.find(({ is_total }) => is_total);
  if (total === undefined) throw new Error('the database counted nothing, not even none');
  return {
    total: toRestorations(total),
    places: rows
      .filter(({ is_total }) => !is_total)
      .map((row) => ({
        application: row.application ?? '',
        environment: row.environment ?? '',
        ...toRestorations(row),
      })),
  };
}

function toRestorations({ needed, open, mean, p95 }: Row): Restorations {
  return { needed, open, time: mean === null || p95 === null ? undefined : { meanMs: mean, p95Ms: p95 } };
}
