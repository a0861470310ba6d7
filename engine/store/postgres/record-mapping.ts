import type { Selectable } from 'kysely';
import type { Release } from '../../release.ts';
import { goneRun, unbegunRun } from '../../workflow/gone-run.ts';
import type { OutboxRow } from '../workflow-store.ts';
import type { Parked, PromotionRecord, RollbackRequest, StepRecord } from '../../workflow/promotion.ts';
import type { PromotionTable, ReleaseTable, StepTable, StoredParked, StoredRollback } from './tables.ts';

/**
 * By name, never with a star: a prepared statement whose columns grow with a newer engine's migration fails from then
 * on, and the workers of the older one that are still alive with it.
 */
const promotionColumnNames = [
  'id',
  'application',
  'release_id',
  'from_environment',
  'to_environment',
  'kind',
  'rollback_of',
  'contract_of',
  'is_dry_run',
  'lane',
  'overrides',
  'state',
  'parked',
  'version',
  'fence',
  'event_seq',
  'head_hash',
  'requested_by',
  'reason',
  'definition',
  'plan_hash',
  'rollback',
  'failure',
  'holds_slot',
  'state_version',
  'created_at',
  'updated_at',
  'ended_at',
  'lay_failed_ms',
] as const satisfies readonly (keyof PromotionTable)[];

/** A promotion row with its steps aggregated into one column, as every query that loads one selects it. */
export type PromotionRow = Pick<Selectable<PromotionTable>, (typeof promotionColumnNames)[number]> & {
  readonly steps: readonly StepJson[] | null;
  /** Null: no run holds it. */
  readonly lease_until: Date | null;
  readonly lease_left_seconds: number | null;
  /** Null: no run was started for it, or one has taken it up. Its time is text. */
  readonly handed: { readonly at: string; readonly seconds: number } | null;
  /** Null: it stands in no line. */
  readonly queue_place: { readonly position: number; readonly behind: string | null } | null;
};

/** A step row as `to_jsonb` gives it: times are text. */
type StepJson = Omit<Selectable<StepTable>, 'started_at' | 'finished_at' | 'promotion_id'> & {
  readonly started_at: string | null;
  readonly finished_at: string | null;
};

const ownColumns = promotionColumnNames.map((name) => `p.${name}`);
const stepsColumn =
  '(select jsonb_agg(to_jsonb(s) order by s.ordinal) from step s where s.promotion_id = p.id) as steps';

const nobodyElseRunsIt = [
  'null as lease_until',
  'null as lease_left_seconds',
  'null::jsonb as handed',
  'null::jsonb as queue_place',
];

/** Selects a promotion `p` with its steps, for whoever does not care who runs it now. */
export const pastPromotionColumns = [...ownColumns, ...nobodyElseRunsIt, stepsColumn].join(', ');

/** Selects a promotion `p` with the steps of `c`, which is an answer of `claim_promotions`: whoever asks runs it now. */
export const claimedPromotionColumns = [...ownColumns, ...nobodyElseRunsIt, 'c.steps'].join(', ');

/** Who runs a promotion `p` now, and where it stands in its line. */
const standingColumns = [
  'p.lease_until',
  // Against the clock that leases are on, whatever this machine's says.
  'extract(epoch from p.lease_until - clock_timestamp())::float8 as lease_left_seconds',
  `case when p.lease_until is null and p.ended_at is null then (
    select jsonb_build_object('at', d.handed_at, 'seconds', extract(epoch from clock_timestamp() - d.handed_at)::float8)
    from dispatch d where d.promotion_id = p.id and d.run_id is not null
  ) end as handed`,
  // As `may_take` sees the line: those before it that want something of what it wants.
  `case when p.state = 'QUEUED' and not p.holds_slot then (
    select jsonb_build_object('position', count(*) + 1, 'behind', (array_agg(q.id order by q.queued_at desc, q.id desc))[1])
    from promotion q
    where q.state = 'QUEUED' and not q.holds_slot and q.resources && p.resources and (q.queued_at, q.id) < (p.queued_at, p.id)
  ) end as queue_place`,
];

/** Selects a promotion `p` with its steps. */
export const promotionColumns = [...ownColumns, ...standingColumns, stepsColumn].join(', ');

const listedColumns = promotionColumnNames
  .filter((name) => !['version', 'fence', 'event_seq', 'head_hash', 'definition', 'state_version'].includes(name))
  .map((name) => `p.${name}`);

const waitsForPeople = `(p.state = 'PENDING_APPROVAL' or p.parked ->> 'reason' in ('approval', 'checklist'))`;

/** Selects what a list tells of a promotion `p` of a release `r`; its definition, which is long, only as far as it asks people now. */
export const summaryColumns = [
  ...listedColumns,
  ...standingColumns,
  'r.name as release',
  `case when ${waitsForPeople} then (
    select jsonb_object_agg(d.key, p.definition -> d.key) filter (where p.definition ? d.key)
    from (values ('approvalStages'), ('approvalRule'), ('checklist')) as d (key)
  ) end as definition`,
  `case when ${waitsForPeople} then r.content -> 'source' -> 'authors' end as authors`,
].join(', ');

export function toPromotionRecord(row: PromotionRow): PromotionRecord {
  return {
    ...toStanding(row),
    version: Number(row.version),
    fence: Number(row.fence),
    eventSeq: Number(row.event_seq),
    headHash: row.head_hash,
    definition: row.definition,
    steps: (row.steps ?? []).map(toStepRecord),
    stateVersion: row.state_version,
  };
}

/** What a list tells of a promotion, as its row has it. */
export type StandingRow = Omit<
  PromotionRow,
  'version' | 'fence' | 'event_seq' | 'head_hash' | 'definition' | 'steps' | 'state_version'
>;

export function toStanding(
  row: StandingRow,
): Omit<PromotionRecord, 'version' | 'fence' | 'eventSeq' | 'headHash' | 'definition' | 'steps' | 'stateVersion'> {
  return {
    id: row.id,
    application: row.application,
    releaseId: row.release_id,
    fromEnvironment: row.from_environment,
    toEnvironment: row.to_environment,
    kind: row.kind,
    rollbackOf: row.rollback_of ?? undefined,
    contractOf: row.contract_of ?? undefined,
    isDryRun: row.is_dry_run,
    lane: row.lane ?? 'normal',
    overrides: row.overrides ?? [],
    state: row.state,
    parked: toParked(row.parked),
    requestedBy: row.requested_by,
    reason: row.reason ?? undefined,
    planHash: row.plan_hash ?? undefined,
    rollback: toRollback(row.rollback),
    failure: row.failure ?? undefined,
    holdsSlot: row.holds_slot,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    endedAt: row.ended_at ?? undefined,
    ...(row.lay_failed_ms === null ? {} : { layFailedMs: row.lay_failed_ms }),
    ...toQueuePlace(row),
    ...toGoneRun(row),
  };
}

function toQueuePlace({ queue_place: place }: Pick<PromotionRow, 'queue_place'>): Pick<PromotionRecord, 'queuePlace'> {
  if (place === null) return {};
  return { queuePlace: { position: place.position, behind: place.behind ?? undefined } };
}

function toGoneRun({
  lease_until: until,
  lease_left_seconds: leftSeconds,
  handed,
}: Pick<PromotionRow, 'lease_until' | 'lease_left_seconds' | 'handed'>): Pick<PromotionRecord, 'goneRun'> {
  const unbegun = handed === null ? undefined : unbegunRun(new Date(handed.at), handed.seconds);
  const gone = until === null || leftSeconds === null ? unbegun : goneRun(until, leftSeconds);
  return gone === undefined ? {} : { goneRun: gone };
}

function toParked(parked: StoredParked | null): Parked | undefined {
  if (parked === null) return undefined;
  return {
    ...parked,
    since: new Date(parked.since),
    until: parked.until === null ? undefined : new Date(parked.until),
  };
}

function toRollback(rollback: StoredRollback | null): RollbackRequest | undefined {
  return rollback === null ? undefined : { ...rollback, at: new Date(rollback.at) };
}

function toStepRecord(step: StepJson): StepRecord {
  return {
    name: step.name,
    ordinal: step.ordinal,
    version: step.version,
    status: step.status,
    attempt: step.attempt,
    startedAt: step.started_at === null ? undefined : new Date(step.started_at),
    finishedAt: step.finished_at === null ? undefined : new Date(step.finished_at),
    summary: step.summary ?? undefined,
    output: step.output ?? undefined,
    checkpoint: step.checkpoint ?? undefined,
    error: step.error ?? undefined,
    compensation: step.compensation ?? undefined,
  };
}

/** A release row as `to_jsonb` gives it: times are text. */
export type ReleaseJson = Omit<Selectable<ReleaseTable>, 'created_at' | 'bad_since'> & {
  readonly created_at: string;
  readonly bad_since: string | null;
};

export function toReleaseFromJson(row: ReleaseJson): Release {
  const badSince = row.bad_since === null ? null : new Date(row.bad_since);
  return toRelease({ ...row, created_at: new Date(row.created_at), bad_since: badSince });
}

/** A message as the database gives it. */
export type StoredOutboxRow = Omit<OutboxRow, 'promotionId'> & { readonly promotionId: string | null };

export function toOutboxRow(row: StoredOutboxRow): OutboxRow {
  return { ...row, promotionId: row.promotionId ?? undefined };
}

export function toRelease(row: Selectable<ReleaseTable>): Release {
  return {
    id: row.id,
    application: row.application,
    name: row.name,
    digest: row.digest,
    content: row.content,
    createdAt: row.created_at,
    createdBy: row.created_by,
    ...(row.bad_since === null
      ? {}
      : { bad: { since: row.bad_since, reason: row.bad_reason ?? '', by: row.bad_by ?? '' } }),
  };
}
