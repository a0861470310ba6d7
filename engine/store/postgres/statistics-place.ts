import { sql, type RawBuilder } from 'kysely';
import type { StatisticsQuery } from '../statistics-store.ts';
import { withinSight } from './within-sight.ts';

/** The conditions on `p`, a promotion, that name a place or leave out what may not be seen; none where every one is counted. */
export function placed({ application, environment, sight }: StatisticsQuery): RawBuilder<unknown> {
  const conditions = [
    ...withinSight(sight, sql`p.application`, sql`p.to_environment`).map((condition) => sql`and ${condition}`),
    ...(application === undefined ? [] : [sql`and p.application = ${application}`]),
    ...(environment === undefined ? [] : [sql`and p.to_environment = ${environment}`]),
  ];
  return sql.join(conditions, sql` `);
}

/** Whether it is a small part that is counted, for which one plan does: of all there is, each time has its own. */
export function isOfOneApplication({ application, sight }: StatisticsQuery): boolean {
  return application !== undefined && sight === undefined;
}
