import { sql, type RawBuilder } from 'kysely';
import type { PromotionFilter } from '../service-store.ts';
import { withinSight } from './within-sight.ts';

/** What limits a list of promotions `p`. Only what limits it is asked, so that each question finds its own index. */
export function promotionConditions(filter: PromotionFilter): RawBuilder<unknown> {
  const { ids, application, applications, environment, states, kinds, waitingFor, before } = filter;
  const conditions = [
    sql`true`,
    ...(ids === undefined ? [] : [sql`p.id = any (${[...ids]}::text[])`]),
    ...(application === undefined ? [] : [sql`p.application = ${application}`]),
    ...(applications === undefined ? [] : [sql`p.application = any (${[...applications]}::text[])`]),
    ...(environment === undefined ? [] : [sql`p.to_environment = ${environment}`]),
    ...withinSight(filter.sight, sql`p.application`, sql`p.to_environment`),
    ...(states === undefined ? [] : [sql`p.state = any (${[...states]}::text[])`]),
    ...(kinds === undefined ? [] : [sql`p.kind = any (${[...kinds]}::text[])`]),
    ...(filter.isActive === undefined ? [] : [filter.isActive ? sql`p.ended_at is null` : sql`p.ended_at is not null`]),
    ...(waitingFor === undefined ? [] : [sql`p.parked ->> 'reason' = any (${[...waitingFor]}::text[])`]),
    // There are few locks, and many promotions.
    ...(filter.holdsSlot === true ? [sql`p.id = any (array (select promotion_id from resource_lock))`] : []),
    ...(before === undefined ? [] : [sql`(p.created_at, p.id) < (${before.at}, ${before.id})`]),
  ];
  return sql.join(conditions, sql` and `);
}
