import type { Kysely, Selectable } from 'kysely';
import type { AdministrationEvent } from '../administration-store.ts';
import type { OpenItemFilter, StoredOpenItem } from '../open-item-store.ts';
import { administer } from './administration-log.ts';
import type { EngineTables } from './tables.ts';

/** What still has to be done after promotions, oldest first. A checklist item that is ticked is no longer open. */
export async function readOpenItems(
  db: Kysely<EngineTables>,
  { id, application, environment, promotionId }: OpenItemFilter,
): Promise<readonly StoredOpenItem[]> {
  let query = db
    .selectFrom('open_item as o')
    .selectAll('o')
    .where('o.closed_at', 'is', null)
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('checklist_item as c')
            .select('c.item')
            .whereRef('c.promotion_id', '=', 'o.promotion_id')
            .whereRef('c.item', '=', 'o.detail')
            .where('o.kind', '=', 'checklist'),
        ),
      ),
    );
  if (id !== undefined) query = query.where('o.id', '=', id);
  if (application !== undefined) query = query.where('o.application', '=', application);
  if (environment !== undefined) query = query.where('o.environment', '=', environment);
  if (promotionId !== undefined) query = query.where('o.promotion_id', '=', promotionId);
  const rows = await query.orderBy('o.opened_at').orderBy('o.id').execute();
  return rows.map(toOpenItem);
}

/** Closes an item with its audit entry. @returns whether it was open; if not, nothing is written. */
export async function closeOpenItem(
  db: Kysely<EngineTables>,
  id: string,
  note: string,
  event: AdministrationEvent,
): Promise<boolean> {
  const outcome = await administer(db, event, async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('open_item')
      .set({ closed_at: event.at, closed_by: event.actor.id, closing_note: note })
      .where('id', '=', id)
      .where('closed_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 0n ? 'unchanged' : 'changed';
  });
  return outcome === 'changed';
}

function toOpenItem(row: Selectable<EngineTables['open_item']>): StoredOpenItem {
  return {
    id: row.id,
    promotionId: row.promotion_id,
    application: row.application,
    environment: row.environment,
    kind: row.kind,
    detail: row.detail,
    openedAt: row.opened_at,
  };
}
