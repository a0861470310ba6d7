import type { NewPromotion } from '../service-store.ts';
import { storedParked, storedRollback } from './transition-json.ts';

/** The row that `create_promotion` inserts before it applies the first transition. */
export function newPromotionRow({ record, resources, idempotencyKey }: NewPromotion): object {
  return {
    id: record.id,
    application: record.application,
    release_id: record.releaseId,
    from_environment: record.fromEnvironment,
    to_environment: record.toEnvironment,
    kind: record.kind,
    rollback_of: record.rollbackOf ?? null,
    contract_of: record.contractOf ?? null,
    is_dry_run: record.isDryRun,
    lane: record.lane,
    overrides: record.overrides,
    state: record.state,
    parked: storedParked(record.parked),
    version: record.version,
    fence: record.fence,
    event_seq: record.eventSeq,
    head_hash: record.headHash,
    requested_by: record.requestedBy,
    reason: record.reason ?? null,
    definition: record.definition,
    plan_hash: record.planHash ?? null,
    rollback: storedRollback(record.rollback),
    failure: record.failure ?? null,
    resources,
    holds_slot: record.holdsSlot,
    state_version: record.stateVersion,
    idempotency_key: idempotencyKey ?? null,
    created_at: record.createdAt,
    updated_at: record.updatedAt,
  };
}
