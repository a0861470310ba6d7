import type { Kysely } from 'kysely';
import type { AdministrationEvent } from '../administration-store.ts';
import type { RoleBinding } from '../role-store.ts';
import { administer } from './administration-log.ts';
import type { EngineTables } from './tables.ts';

const columns = ['subject', 'role', 'application', 'environment'] as const;

/** The roles bound to one person. */
export function readRoleBindings(db: Kysely<EngineTables>, subject: string): Promise<readonly RoleBinding[]> {
  return db.selectFrom('role_binding').select(columns).where('subject', '=', subject).execute();
}

/** Every binding, by role, then by person. */
export function readAllRoleBindings(db: Kysely<EngineTables>): Promise<readonly RoleBinding[]> {
  return db
    .selectFrom('role_binding')
    .select(columns)
    .orderBy('role')
    .orderBy('subject')
    .orderBy('application')
    .orderBy('environment')
    .execute();
}

/** Binds a role with its audit entry; the same binding again writes nothing. */
export async function storeRoleBinding(
  db: Kysely<EngineTables>,
  binding: RoleBinding,
  event: AdministrationEvent,
): Promise<void> {
  await administer(db, event, async (transaction) => {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('role_binding')
      .values({ ...binding, created_by: event.actor.id })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 0n ? 'unchanged' : 'changed';
  });
}

/** Takes a role back with its audit entry. @returns whether it was bound. */
export async function removeRoleBinding(
  db: Kysely<EngineTables>,
  { subject, role, application, environment }: RoleBinding,
  event: AdministrationEvent,
): Promise<boolean> {
  const outcome = await administer(db, event, async (transaction) => {
    const { numDeletedRows } = await transaction
      .deleteFrom('role_binding')
      .where('subject', '=', subject)
      .where('role', '=', role)
      .where('application', '=', application)
      .where('environment', '=', environment)
      .executeTakeFirst();
    return numDeletedRows === 0n ? 'unchanged' : 'changed';
  });
  return outcome === 'changed';
}
