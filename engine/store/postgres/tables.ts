import type { ColumnType, Generated } from 'kysely';
import type { EvidenceFact } from '../../evidence/evidence.ts';
import type { JsonObject } from '../../json.ts';
import type { ReleaseContent } from '../../release.ts';
import type { Actor } from '../../workflow/actor.ts';
import type { Definition } from '../../workflow/definition.ts';
import type { ErrorReport } from '../../workflow/error-report.ts';
import type {
  Failure,
  ParkReason,
  PromotionKind,
  RollbackRequest,
  StepRecord,
  StepStatus,
} from '../../workflow/promotion.ts';
import type { ChangeKind } from '../../workflow/environment-record.ts';
import type { Lane, Override } from '../../workflow/override.ts';
import type { PromotionState } from '../../workflow/state.ts';

/** A jsonb column: read as a value, written as its text. */
type Stored<T> = ColumnType<T, string, string>;
/** The driver answers bigint columns as text; they stay far below 2^53 here. */
type Big = ColumnType<string, number, number>;

export interface StoredParked {
  readonly reason: ParkReason;
  readonly detail: string;
  readonly since: string;
  readonly until: string | null;
}

export type StoredRollback = Omit<RollbackRequest, 'at'> & { readonly at: string };

export interface PromotionTable {
  id: string;
  application: string;
  release_id: string;
  from_environment: string;
  to_environment: string;
  kind: PromotionKind;
  rollback_of: string | null;
  contract_of: string | null;
  is_dry_run: boolean;
  lane: Lane | null;
  overrides: Stored<readonly Override[] | null>;
  state: PromotionState;
  parked: Stored<StoredParked | null>;
  version: Big;
  fence: Big;
  lease_owner: string | null;
  lease_until: Date | null;
  event_seq: Big;
  head_hash: string;
  requested_by: Stored<Actor>;
  reason: string | null;
  definition: Stored<Definition>;
  plan_hash: string | null;
  rollback: Stored<StoredRollback | null>;
  failure: Stored<Failure | null>;
  resources: string[];
  holds_slot: boolean;
  queued_at: Date | null;
  state_version: number;
  idempotency_key: string | null;
  created_at: Date;
  updated_at: Date;
  ended_at: Date | null;
  lay_failed_ms: number | null;
}

export interface StepTable {
  promotion_id: string;
  name: string;
  ordinal: number;
  version: number;
  status: StepStatus;
  attempt: number;
  started_at: Date | null;
  finished_at: Date | null;
  summary: string | null;
  output: Stored<JsonObject | null>;
  checkpoint: Stored<JsonObject | null>;
  error: Stored<ErrorReport | null>;
  compensation: Stored<StepRecord['compensation'] | null>;
}

export interface ReleaseTable {
  id: string;
  application: string;
  name: string;
  digest: string;
  content: Stored<ReleaseContent>;
  created_at: Generated<Date>;
  created_by: string;
  bad_since: Date | null;
  bad_reason: string | null;
  bad_by: string | null;
}

export interface EngineTables {
  application: { name: string; created_at: Generated<Date> };
  release: ReleaseTable;
  environment: {
    application: string;
    name: string;
    release_id: string | null;
    promotion_id: string | null;
    deployed_at: Date | null;
    verified_at: Date | null;
    auto_promotion_paused_at: Date | null;
    undo_window_until: Date | null;
  };
  deployed_release: {
    id: Generated<string>;
    application: string;
    environment: string;
    release_id: string;
    promotion_id: string | null;
    deployed_at: Date;
    verified_at: Date | null;
  };
  promotion: PromotionTable;
  step: StepTable;
  step_log: { promotion_id: string; seq: Generated<string>; step: string; attempt: number; at: Date; line: string };
  event: {
    promotion_id: string;
    seq: Big;
    at: Date;
    type: string;
    actor: Stored<Actor>;
    data: Stored<JsonObject>;
    previous_hash: string;
    hash: string;
  };
  audit_head: { promotion_id: string; seq: Big; signed_at: Date };
  plan: { hash: string; promotion_id: string; body: Stored<JsonObject>; created_at: Date };
  vote: {
    promotion_id: string;
    stage: string;
    actor: string;
    decision: 'approved' | 'rejected';
    plan_hash: string;
    comment: string | null;
    at: Date;
  };
  evidence: {
    id: string;
    release_digest: string;
    collected_at: Date;
    source: string;
    fact: Stored<EvidenceFact>;
    source_commit: string | null;
    recorded_at: ColumnType<Date | null, Date | undefined, Date>;
  };
  checklist_item: {
    promotion_id: string;
    item: string;
    phase: 'before' | 'after' | null;
    ticked_by: string;
    note: string | null;
    at: Date;
  };
  waiver: {
    id: string;
    application: string;
    finding: string;
    owner: string;
    reason: string;
    expires_at: Date;
    release_digest: string | null;
    created_by: string | null;
    created_at: Date | null;
    revoked_at: Date | null;
    revoked_by: string | null;
    revoked_reason: string | null;
  };
  finding_first_seen: { application: string; kind: 'findings' | 'bugs'; finding: string; first_seen: Date };
  change: {
    id: Generated<string>;
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
  };
  open_item: {
    id: string;
    promotion_id: string;
    application: string;
    environment: string;
    kind: 'merge-back' | 'post-mortem' | 'checklist';
    detail: string;
    opened_at: Date;
    closed_at: Date | null;
    closed_by: string | null;
    closing_note: string | null;
  };
  hold: {
    application: string;
    environment: string;
    reason: string;
    held_by: string;
    since: Date;
    until: Date | null;
  };
  declared_freeze: {
    id: string;
    application: string;
    environment: string;
    name: string;
    reason: string;
    from_at: Date;
    to_at: Date;
    except_hotfix: boolean;
    declared_by: string;
    declared_at: Date;
    lifted_by: string | null;
    lifted_at: Date | null;
  };
  administration_event: {
    seq: Big;
    at: Date;
    type: string;
    actor: Stored<Actor>;
    data: Stored<JsonObject>;
    previous_hash: string;
    hash: string;
  };
  administration_head: { is_only: Generated<boolean>; seq: Big; signed_at: Date };
  outbox: {
    event_id: string;
    promotion_id: string | null;
    type: string;
    body: Stored<JsonObject>;
    created_at: Date;
    attempts: number;
    due_at: Date;
    sent_at: Date | null;
  };
  delivery: {
    event_id: string;
    channel: string;
    attempts: number;
    due_at: Date;
    delivered_at: Date | null;
    given_up_at: Date | null;
    error: string | null;
  };
  report: {
    promotion_id: string;
    due_at: Date | null;
    attempts: number;
    fence: Big | null;
    entries: Big | null;
    location: string | null;
    written_at: Date | null;
  };
  dispatch: { promotion_id: string; due_at: Date; run_id: string | null; handed_at: Date | null };
  role_binding: {
    subject: string;
    role: string;
    application: string;
    environment: string;
    created_at: Generated<Date>;
    created_by: string;
  };
  environment_observation: {
    application: string;
    environment: string;
    at: Date;
    health: 'healthy' | 'sick' | 'unknown';
    trouble: string | null;
    drift: string | null;
  };
  resource_lock: { resource: string; promotion_id: string; fence: Big; since: Date };
  schema_migration: { version: number; name: string; checksum: string; applied_at: Generated<Date> };
}
