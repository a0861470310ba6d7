import type { Kysely } from 'kysely';
import type { OpenItemFilter, StoredOpenItem } from '../service-store.ts';
import type { EngineTables } from './tables.ts';

/** What still has to be done after promotions, oldest first. */
export async function readOpenItems(
  db: Kysely<EngineTables>,
  { application, environment, promotionId }: OpenItemFilter,
): Promise<readonly StoredOpenItem[]> {
  let query = db.selectFrom('open_item').selectAll().where('closed_at', 'is', null);
  if (application !== undefined) query = query.where('application', '=', application);
  if (environment !== undefined) query = query.where('environment', '=', environment);
  if (promotionId !== undefined) query = query.where('promotion_id', '=', promotionId);
  const rows = await query.orderBy('opened_at').orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    promotionId: row.promotion_id,
    application: row.application,
    environment: row.environment,
    kind: row.kind,
    detail: row.detail,
    openedAt: row.opened_at,
  }));
}
