import type { Kysely, Selectable } from 'kysely';
import type { DeclaredFreeze, Declarations, Hold } from '../../schedule/schedule.ts';
import type { DeclarationFilter } from '../calendar-store.ts';
import type { EngineTables } from './tables.ts';

/** What people declared for one environment of one application, and what is not over at an instant. */
export async function readDeclarations(
  db: Kysely<EngineTables>,
  application: string,
  environment: string,
  at: Date,
): Promise<Declarations> {
  const filter = { application, environment };
  const [holds, freezes] = await Promise.all([readHolds(db, filter), readFreezes(db, filter)]);
  return {
    holds: holds.filter(({ until }) => until === undefined || until > at),
    freezes: freezes.filter(({ to }) => to > at),
  };
}

export async function readHolds(
  db: Kysely<EngineTables>,
  { application, environment }: DeclarationFilter,
): Promise<readonly Hold[]> {
  let query = db.selectFrom('hold').selectAll();
  if (application !== undefined) query = query.where('application', 'in', [application, '*']);
  if (environment !== undefined) query = query.where('environment', '=', environment);
  const rows = await query.orderBy('since').orderBy('application').orderBy('environment').execute();
  return rows.map((row) => ({
    application: row.application,
    environment: row.environment,
    reason: row.reason,
    heldBy: row.held_by,
    since: row.since,
    until: row.until ?? undefined,
  }));
}

export async function readFreezes(
  db: Kysely<EngineTables>,
  { application, environment }: DeclarationFilter,
): Promise<readonly DeclaredFreeze[]> {
  let query = db.selectFrom('declared_freeze').selectAll().where('lifted_at', 'is', null);
  if (application !== undefined) query = query.where('application', 'in', [application, '*']);
  if (environment !== undefined) query = query.where('environment', 'in', [environment, '*']);
  const rows = await query.orderBy('from_at').orderBy('id').execute();
  return rows.map(toFreeze);
}

export function toFreeze(row: Selectable<EngineTables['declared_freeze']>): DeclaredFreeze {
  return {
    id: row.id,
    name: row.name,
    application: row.application,
    environment: row.environment,
    reason: row.reason,
    from: row.from_at,
    to: row.to_at,
    exceptHotfix: row.except_hotfix,
    declaredBy: row.declared_by,
    declaredAt: row.declared_at,
  };
}
