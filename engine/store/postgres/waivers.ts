import type { Kysely, Selectable } from 'kysely';
import type { Waiver, WaiverRevocation } from '../../evidence/waiver.ts';
import type { AdministrationEvent } from '../administration-store.ts';
import { administer } from './administration-log.ts';
import type { EngineTables } from './tables.ts';

/** Newest first. @param application undefined: of every application. */
export async function readWaivers(
  db: Kysely<EngineTables>,
  application: string | undefined,
): Promise<readonly Waiver[]> {
  let query = db.selectFrom('waiver').selectAll();
  if (application !== undefined) query = query.where('application', '=', application);
  const rows = await query
    .orderBy('created_at', (order) => order.desc().nullsLast())
    .orderBy('id')
    .execute();
  return rows.map(toWaiver);
}

export async function readWaiver(db: Kysely<EngineTables>, id: string): Promise<Waiver | undefined> {
  const row = await db.selectFrom('waiver').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : toWaiver(row);
}

export async function addWaiver(db: Kysely<EngineTables>, waiver: Waiver, event: AdministrationEvent): Promise<Waiver> {
  await administer(db, event, async (transaction) => {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('waiver')
      .values({
        id: waiver.id,
        application: waiver.application,
        finding: waiver.finding,
        owner: waiver.owner,
        reason: waiver.reason,
        expires_at: waiver.expiresAt,
        release_digest: waiver.releaseDigest ?? null,
        created_by: waiver.createdBy ?? null,
        created_at: waiver.createdAt ?? null,
        revoked_at: null,
        revoked_by: null,
        revoked_reason: null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 0n ? 'unchanged' : 'added';
  });
  return (await readWaiver(db, waiver.id)) ?? waiver;
}

export async function revokeWaiver(
  db: Kysely<EngineTables>,
  id: string,
  { at, by, reason }: WaiverRevocation,
  event: AdministrationEvent,
): Promise<Waiver | undefined> {
  await administer(db, event, async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('waiver')
      .set({ revoked_at: at, revoked_by: by, revoked_reason: reason })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 0n ? 'unchanged' : 'revoked';
  });
  return readWaiver(db, id);
}

function toWaiver(row: Selectable<EngineTables['waiver']>): Waiver {
  return {
    id: row.id,
    application: row.application,
    finding: row.finding,
    owner: row.owner,
    reason: row.reason,
    expiresAt: row.expires_at,
    releaseDigest: row.release_digest ?? undefined,
    createdBy: row.created_by ?? undefined,
    createdAt: row.created_at ?? undefined,
    revoked:
      row.revoked_at === null
        ? undefined
        : { at: row.revoked_at, by: row.revoked_by ?? 'unknown', reason: row.revoked_reason ?? '' },
  };
}
