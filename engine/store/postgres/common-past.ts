import { sql, type Kysely } from 'kysely';
import type { BadMark, BindingChange, CommonPast, HoldChange, PastFreeze } from '../../replay/past.ts';
import { toFreeze } from './declarations.ts';
import type { EngineTables } from './tables.ts';

/** What people declared and took back, as the audit trail of administration and of promotions tells. */
export async function readCommonPast(db: Kysely<EngineTables>): Promise<CommonPast> {
  return {
    bindings: await readBindings(db),
    holds: await readHoldChanges(db),
    freezes: await readPastFreezes(db),
    marks: await readMarks(db),
  };
}

async function readBindings(db: Kysely<EngineTables>): Promise<readonly BindingChange[]> {
  // What no entry tells of is bound since it was stored.
  const { rows } = await sql<{
    at: Date;
    is_bound: boolean;
    subject: string;
    role: string;
    application: string;
    environment: string;
  }>`
    with told as (
      select seq, at, type = 'role-bound' as is_bound, data ->> 'subject' as subject, data ->> 'role' as role,
        coalesce(data ->> 'application', '*') as application, coalesce(data ->> 'environment', '*') as environment
      from administration_event where type in ('role-bound', 'role-unbound')
    )
    select at, is_bound, subject, role, application, environment from (
      select seq, at, is_bound, subject, role, application, environment from told
      union all
      select 0, b.created_at, true, b.subject, b.role, b.application, b.environment from role_binding b
      where not exists (
        select 1 from told t where t.is_bound and (t.subject, t.role, t.application, t.environment)
          = (b.subject, b.role, b.application, b.environment)
      )
    ) as changes order by seq
  `.execute(db);
  return rows.map(({ is_bound: isBound, ...change }) => ({ ...change, isBound }));
}

async function readHoldChanges(db: Kysely<EngineTables>): Promise<readonly HoldChange[]> {
  const { rows } = await sql<{
    at: Date;
    is_held: boolean;
    application: string;
    environment: string;
    reason: string | null;
    held_by: string;
    until: Date | null;
  }>`
    select at, type = 'environment-held' as is_held, data ->> 'application' as application,
      data ->> 'environment' as environment, data ->> 'reason' as reason, actor ->> 'id' as held_by,
      (data ->> 'until')::timestamptz as until
    from administration_event where type in ('environment-held', 'environment-released') order by seq
  `.execute(db);
  return rows.map(({ at, is_held: isHeld, application, environment, reason, held_by: heldBy, until }): HoldChange => ({
    at,
    application,
    environment,
    hold: isHeld
      ? { application, environment, reason: reason ?? '', heldBy, since: at, until: until ?? undefined }
      : undefined,
  }));
}

async function readPastFreezes(db: Kysely<EngineTables>): Promise<readonly PastFreeze[]> {
  const rows = await db.selectFrom('declared_freeze').selectAll().orderBy('from_at').orderBy('id').execute();
  return rows.map((row) => ({ ...toFreeze(row), liftedAt: row.lifted_at ?? undefined }));
}

/** People mark releases, and rollbacks do. */
async function readMarks(db: Kysely<EngineTables>): Promise<readonly BadMark[]> {
  const { rows } = await sql<{ at: Date; release_id: string; is_bad: boolean; reason: string | null; by: string }>`
    select a.at, r.id as release_id, a.type = 'release-marked-bad' as is_bad, a.data ->> 'reason' as reason,
      a.actor ->> 'id' as by
    from administration_event a
      join release r on r.application = a.data ->> 'application' and r.name = a.data ->> 'release'
    where a.type in ('release-marked-bad', 'release-unmarked-bad')
    union all
    select e.at, e.data ->> 'releaseId', true, e.data ->> 'reason', e.actor ->> 'id'
    from event e where e.type = 'release-marked-bad'
    order by 1
  `.execute(db);
  return rows.map(({ at, release_id: releaseId, is_bad: isBad, reason, by }) => ({
    at,
    releaseId,
    bad: isBad ? { since: at, reason: reason ?? '', by } : undefined,
  }));
}
