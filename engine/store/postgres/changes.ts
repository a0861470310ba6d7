import { sql, type Kysely } from 'kysely';
import { deploymentChanges, runningRelease, type Running } from '../../deployment/deployment-changes.ts';
import type { Actor } from '../../workflow/actor.ts';
import type { ChangeKind } from '../../workflow/environment-record.ts';
import type { PromotionKind } from '../../workflow/promotion.ts';
import type { PromotionState } from '../../workflow/state.ts';
import type {
  ChangeOrigin,
  ChangeQuery,
  ChangeScope,
  Difference,
  DifferenceQuery,
  MovingPromotion,
  StoredChange,
} from '../change-store.ts';
import type { AdministrationEvent } from '../administration-store.ts';
import type { Baseline } from '../service-store.ts';
import { isUsualLimit, limitOf, queryPrepared } from './prepared-query.ts';
import type { EngineTables } from './tables.ts';
import { withinSight } from './within-sight.ts';

type Db = Kysely<EngineTables>;
type Connection = Parameters<typeof queryPrepared>[0];

/** Conditions only where something is asked for, so that each question finds the index that suits it. */
function within({ application, environment, sight }: ChangeScope, prefix: 'c' | 'p', column: string) {
  const seen = withinSight(sight, sql.ref(`${prefix}.application`), sql.ref(`${prefix}.${column}`));
  const conditions = seen.map((condition) => sql`and ${condition}`);
  if (application !== undefined) conditions.push(sql`and ${sql.ref(`${prefix}.application`)} = ${application}`);
  if (environment !== undefined) conditions.push(sql`and ${sql.ref(`${prefix}.${column}`)} = ${environment}`);
  return sql.join(conditions, sql` `);
}

/** Newest first. */
export async function readChangesBetween(connection: Connection, query: ChangeQuery): Promise<readonly StoredChange[]> {
  const asked = sql<{
    at: Date;
    application: string;
    environment: string;
    promotion_id: string | null;
    kind: ChangeKind;
    subject: string;
    before: string | null;
    after: string | null;
    changed_by: string;
    said_by: string | null;
  }>`
    select c.at, c.application, c.environment, c.promotion_id, c.kind, c.subject, c.before, c.after, c.changed_by, c.said_by
    from change c
    where c.at > ${query.since} and c.at <= ${query.until} ${within(query, 'c', 'environment')}
    order by c.at desc, c.id desc limit ${limitOf(query.limit)}
  `;
  const isUsual = query.sight === undefined && isUsualLimit(query.limit);
  const rows = await queryPrepared(connection, 'changes-between', asked, isUsual);
  return rows.map((row) => ({
    at: row.at,
    application: row.application,
    environment: row.environment,
    promotionId: row.promotion_id ?? undefined,
    kind: row.kind,
    subject: row.subject,
    before: row.before ?? undefined,
    after: row.after ?? undefined,
    changedBy: row.changed_by,
    saidBy: row.said_by ?? undefined,
  }));
}

/**
 * What was not as it is now: of each thing that changed since, what it was before its first change and what it is after
 * its last. Rules that were set aside are no state of an environment, and are left out.
 */
export async function readDifferencesAt(db: Db, query: DifferenceQuery): Promise<readonly Difference[]> {
  const { rows } = await sql<{
    application: string;
    environment: string;
    kind: Difference['kind'];
    subject: string;
    then: string | null;
    now: string | null;
    at: Date;
    promotion_id: string | null;
  }>`
    with since as materialized (
      select c.* from change c
      where c.at > ${query.at} and c.kind <> 'override' ${within(query, 'c', 'environment')}
    ), last as (
      select distinct on (application, environment, kind, subject)
        application, environment, kind, subject, after as now, at, id, promotion_id
      from since order by application, environment, kind, subject, at desc, id desc
    ), first as (
      select distinct on (application, environment, kind, subject)
        application, environment, kind, subject, before as then
      from since order by application, environment, kind, subject, at, id
    )
    select l.application, l.environment, l.kind, l.subject, f.then, l.now, l.at, l.promotion_id
    from last l join first f using (application, environment, kind, subject)
    where f.then is distinct from l.now
    order by l.at desc, l.id desc limit ${query.limit}
  `.execute(db);
  return rows.map((row) => ({
    application: row.application,
    environment: row.environment,
    kind: row.kind,
    subject: row.subject,
    then: row.then ?? undefined,
    now: row.now ?? undefined,
    changedAt: row.at,
    promotionId: row.promotion_id ?? undefined,
  }));
}

/** Dry runs move nothing and are left out; so are those that ended without having changed anything. */
export async function readMovingAt(db: Db, query: DifferenceQuery): Promise<readonly MovingPromotion[]> {
  const { rows } = await sql<{
    id: string;
    application: string;
    release: string;
    from_environment: string;
    to_environment: string;
    requested_by: Actor;
    created_at: Date;
    ended_at: Date | null;
  }>`
    select p.id, p.application, r.name as release, p.from_environment, p.to_environment, p.requested_by, p.created_at, p.ended_at
    from promotion p join release r on r.id = p.release_id
    where p.created_at <= ${query.at} and (p.ended_at > ${query.at} or p.ended_at is null) and not p.is_dry_run
      ${within(query, 'p', 'to_environment')}
    order by p.created_at desc, p.id desc limit ${query.limit}
  `.execute(db);
  return rows.map((row) => ({
    id: row.id,
    application: row.application,
    release: row.release,
    from: row.from_environment,
    to: row.to_environment,
    requestedBy: row.requested_by.id,
    saidBy: row.requested_by.spokenForBy,
    startedAt: row.created_at,
    endedAt: row.ended_at ?? undefined,
  }));
}

export async function readOrigins(
  connection: Connection,
  promotionIds: readonly string[],
): Promise<readonly ChangeOrigin[]> {
  if (promotionIds.length === 0) return [];
  const asked = sql<{
    id: string;
    release: string;
    kind: PromotionKind;
    requested_by: Actor;
    reason: string | null;
    approved_by: string[] | null;
    spoken_for: Readonly<Record<string, string>> | null;
    state: PromotionState;
    is_taken_back_later: boolean;
  }>`
    select p.id, r.name as release, p.kind, p.requested_by, p.reason, p.state,
      exists (select 1 from promotion b where b.rollback_of = p.id and b.state = 'ROLLED_BACK') as is_taken_back_later,
      (select jsonb_object_agg(e.actor ->> 'id', e.actor ->> 'spokenForBy') from event e
       where e.promotion_id = p.id and e.actor ->> 'via' = 'cli-as') as spoken_for,
      (select array_agg(distinct v.actor order by v.actor) from vote v
       where v.promotion_id = p.id and v.decision = 'approved' and v.plan_hash = p.plan_hash) as approved_by
    from promotion p join release r on r.id = p.release_id
    where p.id = any (${[...new Set(promotionIds)]}::text[])
  `;
  const rows = await queryPrepared(connection, 'origins-of-changes', asked);
  return rows.map((row) => ({
    promotionId: row.id,
    release: row.release,
    kind: row.kind,
    state: row.state,
    requestedBy: row.requested_by.id,
    onBehalfOf: row.requested_by.onBehalfOf,
    reason: row.reason ?? undefined,
    approvedBy: row.approved_by ?? [],
    spokenFor: new Map(Object.entries(row.spoken_for ?? {})),
    takenBack: takenBackOf(row),
  }));
}

function takenBackOf(row: {
  readonly kind: PromotionKind;
  readonly state: PromotionState;
  readonly is_taken_back_later: boolean;
}): ChangeOrigin['takenBack'] {
  if (row.is_taken_back_later) return 'later';
  // A rollback that ends well has the same state, and was not itself taken back.
  return row.kind !== 'rollback' && row.state === 'ROLLED_BACK' ? 'by-itself' : undefined;
}

/**
 * What somebody recorded as running, without a promotion, is a change like any other for whoever asks what was different: of
 * the release, and of each image that is another one than before.
 */
export async function recordBaselineChanges(
  db: Db,
  { application, environment, releaseId }: Baseline,
  beforeId: string | undefined,
  { at, actor }: AdministrationEvent,
): Promise<void> {
  const releases = await db
    .selectFrom('release')
    .select(['id', 'name', 'content'])
    .where('id', 'in', beforeId === undefined ? [releaseId] : [releaseId, beforeId])
    .execute();
  const running = (id: string | undefined): Running => {
    const release = releases.find((each) => each.id === id);
    return release === undefined ? nothingRuns : runningRelease(release);
  };
  const common = { at, application, environment, changed_by: actor.id, said_by: actor.spokenForBy ?? null };
  const changes = deploymentChanges(running(beforeId), running(releaseId));
  if (changes.length === 0) return;
  await db
    .insertInto('change')
    .values(
      changes.map(({ kind, subject, before, after }) => ({
        ...common,
        ...{ kind, subject, before: before ?? null, after: after ?? null },
      })),
    )
    .execute();
}

const nothingRuns: Running = { release: undefined, images: [] };
