import { sql, type Kysely } from 'kysely';
import type { Mover } from '../../workflow/step-queries.ts';
import type { EngineTables } from './tables.ts';

/** Promotions that have changed something where a plan leads to since it was made, by their audit trails. */
export async function readMovers(db: Kysely<EngineTables>, hash: string): Promise<readonly Mover[]> {
  const { rows } = await sql<{ id: string; is_rollback: boolean }>`
    select p.id, p.kind = 'rollback' as is_rollback
    from plan l
    join promotion p on p.application = l.body ->> 'application' and p.to_environment = l.body ->> 'to'
      and p.updated_at >= l.created_at
    cross join lateral (
      select min(e.at) as at from event e
      where e.promotion_id = p.id and e.at >= l.created_at and e.type in ('step-finished', 'compensation-finished')
        and e.data ->> 'step' in (
          'promote-configuration', 'migrate-database', 'promote-flags', 'deploy', 'shift-canary', 'contract-database'
        )
    ) as first
    where l.hash = ${hash} and first.at is not null
    order by first.at, p.id
  `.execute(db);
  return rows.map((row) => ({ promotionId: row.id, isRollback: row.is_rollback }));
}
