import { sql, type Kysely } from 'kysely';
import type { EnvironmentState } from '../service-store.ts';
import { toReleaseFromJson, type ReleaseJson } from './record-mapping.ts';
import type { EngineTables } from './tables.ts';
import { undoWindowEnd } from './undo-window.ts';

/** What runs where, by application and environment. @param application undefined: every one. */
export async function readEnvironmentStates(
  db: Kysely<EngineTables>,
  application: string | undefined,
): Promise<readonly EnvironmentState[]> {
  let query = db
    .selectFrom('environment as e')
    .leftJoin('release as r', 'r.id', 'e.release_id')
    .leftJoin('resource_lock as l', (join) =>
      join.on('l.resource', '=', sql<string>`'slot:' || e.application || '/' || e.name`),
    )
    .selectAll('e')
    .select(['l.promotion_id as held_by', sql<ReleaseJson | null>`to_jsonb(r)`.as('release')])
    .select([
      undoWindowEnd.as('undo_until'),
      sql<boolean>`exists (select 1 from promotion p where p.id = e.promotion_id and p.lane = 'hotfix')`.as(
        'is_hotfix',
      ),
    ]);
  if (application !== undefined) query = query.where('e.application', '=', application);
  const rows = await query.orderBy('e.application').orderBy('e.name').execute();
  return rows.map((row) => ({
    application: row.application,
    name: row.name,
    release: row.release === null ? undefined : toReleaseFromJson(row.release),
    promotionId: row.promotion_id ?? undefined,
    deployedAt: row.deployed_at ?? undefined,
    verifiedAt: row.verified_at ?? undefined,
    autoPromotionPausedAt: row.auto_promotion_paused_at ?? undefined,
    slotHeldBy: row.held_by ?? undefined,
    undoWindowUntil: row.undo_until ?? undefined,
    isHotfix: row.is_hotfix,
  }));
}
