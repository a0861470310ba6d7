import { sql, type Kysely } from 'kysely';
import type { PromotedHotfix } from '../../workflow/step-queries.ts';
import { toRelease } from './record-mapping.ts';
import type { EngineTables } from './tables.ts';

/** The hotfixes of an application that were promoted and not found bad since: each release once, the first move of it. */
export async function readHotfixes(db: Kysely<EngineTables>, application: string): Promise<readonly PromotedHotfix[]> {
  const rows = await db
    .selectFrom('promotion as p')
    .innerJoin('release as r', 'r.id', 'p.release_id')
    .selectAll('r')
    .select([
      'p.id as promotion_id',
      sql<readonly string[] | null>`p.definition -> 'hotfix' -> 'standsOn'`.as('stands_on'),
    ])
    .where('p.application', '=', application)
    .where('p.lane', '=', 'hotfix')
    .where('p.kind', '=', 'promote')
    .where('p.state', '=', 'COMPLETED_SUCCESSFULLY')
    .where('p.is_dry_run', '=', false)
    .where('r.bad_since', 'is', null)
    .orderBy('p.ended_at')
    .orderBy('p.id')
    .execute();
  const first = new Map<string, PromotedHotfix>();
  for (const row of rows) {
    if (first.has(row.id)) continue;
    first.set(row.id, { promotionId: row.promotion_id, release: toRelease(row), standsOn: row.stands_on ?? [] });
  }
  return [...first.values()];
}
