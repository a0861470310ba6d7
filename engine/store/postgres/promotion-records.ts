import { sql, type Kysely } from 'kysely';
import type { ChangeEntry, ChecklistTick } from '../../workflow/environment-record.ts';
import type { Note } from '../../workflow/step-queries.ts';
import type { EngineTables } from './tables.ts';

/** What people ticked of a promotion's checklist, in order. */
export async function readTicks(db: Kysely<EngineTables>, promotionId: string): Promise<readonly ChecklistTick[]> {
  const rows = await db
    .selectFrom('checklist_item')
    .selectAll()
    .where('promotion_id', '=', promotionId)
    .orderBy('at')
    .orderBy('item')
    .execute();
  return rows.map(({ item, phase, ticked_by: tickedBy, note, at }) => ({
    item,
    phase: phase ?? 'before',
    tickedBy,
    note: note ?? undefined,
    at,
  }));
}

/** What people wrote down about a promotion, in order: it stands in its audit trail and nowhere else. */
export async function readNotes(db: Kysely<EngineTables>, promotionId: string): Promise<readonly Note[]> {
  const rows = await db
    .selectFrom('event')
    .select(['actor', 'data', 'at'])
    .where('promotion_id', '=', promotionId)
    .where('type', '=', 'note')
    .orderBy('seq')
    .execute();
  return rows.map(({ actor, data, at }) => {
    const { text, request } = data;
    return {
      by: actor.id,
      text: typeof text === 'string' ? text : '',
      at,
      ...(typeof request === 'string' ? { request } : {}),
    };
  });
}

/** For whom somebody else spoke in a promotion, by its audit trail. */
export async function readSpokenFor(
  db: Kysely<EngineTables>,
  promotionId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('event')
    .select('actor')
    .where('promotion_id', '=', promotionId)
    .where(sql<boolean>`actor ->> 'via' = 'cli-as'`)
    .orderBy('seq')
    .execute();
  return new Map(rows.map(({ actor }) => [actor.id, actor.spokenForBy ?? '']));
}

/** What a promotion changed in its target, in the order in which it did. */
export async function readChanges(db: Kysely<EngineTables>, promotionId: string): Promise<readonly ChangeEntry[]> {
  const rows = await db
    .selectFrom('change')
    .select(['kind', 'subject', 'before', 'after'])
    .where('promotion_id', '=', promotionId)
    .orderBy('id')
    .execute();
  return rows.map(({ kind, subject, before, after }) => ({
    kind,
    subject,
    before: before ?? undefined,
    after: after ?? undefined,
  }));
}
