import { sql, type RawBuilder } from 'kysely';
import type { StatisticsQuery } from '../statistics-store.ts';

/** The conditions on `p`, a promotion, that name a place; none where every one is counted. */
export function placed({ application, environment }: StatisticsQuery): RawBuilder<unknown> {
  const conditions = [
    ...(application === undefined ? [] : [sql`and p.application = ${application}`]),
    ...(environment === undefined ? [] : [sql`and p.to_environment = ${environment}`]),
  ];
  return sql.join(conditions, sql` `);
}
