import type { Parked, RollbackRequest, StepRecord } from '../../workflow/promotion.ts';
import type { Transition } from '../../workflow/transition.ts';
import type { StoredParked, StoredRollback } from './tables.ts';

export function storedParked(parked: Parked | undefined): StoredParked | null {
  if (parked === undefined) return null;
  return { ...parked, since: parked.since.toISOString(), until: parked.until?.toISOString() ?? null };
}

export function storedRollback(rollback: RollbackRequest | undefined): StoredRollback | null {
  return rollback === undefined ? null : { ...rollback, at: rollback.at.toISOString() };
}

export function storedStep(step: StepRecord) {
  return {
    name: step.name,
    ordinal: step.ordinal,
    version: step.version,
    status: step.status,
    attempt: step.attempt,
    started_at: step.startedAt ?? null,
    finished_at: step.finishedAt ?? null,
    summary: step.summary ?? null,
    output: step.output ?? null,
    checkpoint: step.checkpoint ?? null,
    error: step.error ?? null,
    compensation: step.compensation ?? null,
  };
}

/** The argument of `apply_transition`; an absent key leaves the matter as it is. */
export function transitionJson(transition: Transition): object {
  const { record } = transition;
  return {
    promotionId: record.id,
    expectedVersion: transition.expectedVersion,
    ...(transition.fence === undefined ? {} : { fence: transition.fence }),
    at: transition.at,
    lease: transition.lease,
    set: {
      state: record.state,
      parked: storedParked(record.parked),
      event_seq: record.eventSeq,
      head_hash: record.headHash,
      plan_hash: record.planHash ?? null,
      rollback: storedRollback(record.rollback),
      failure: record.failure ?? null,
      holds_slot: record.holdsSlot,
      state_version: record.stateVersion,
      ended_at: record.endedAt ?? null,
    },
    ...(transition.steps.length > 0 ? { steps: transition.steps.map(storedStep) } : {}),
    events: transition.events.map((event) => ({
      seq: event.seq,
      at: event.at,
      type: event.type,
      actor: event.actor,
      data: event.data,
      previous_hash: event.previousHash,
      hash: event.hash,
    })),
    ...(transition.outbox.length > 0
      ? { outbox: transition.outbox.map(({ eventId, type, body }) => ({ event_id: eventId, type, body })) }
      : {}),
    ...(transition.plan === undefined ? {} : { plan: transition.plan }),
    ...(transition.votes.length > 0
      ? {
          votes: transition.votes.map((vote) => ({
            stage: vote.stage,
            actor: vote.actor,
            decision: vote.decision,
            plan_hash: vote.planHash,
            comment: vote.comment ?? null,
            at: vote.at,
          })),
        }
      : {}),
    ...(transition.environment === undefined ? {} : { environment: transition.environment }),
    ...(transition.pauseAutoPromotion === undefined ? {} : { pauseAutoPromotion: transition.pauseAutoPromotion }),
    ...(transition.markBad === undefined ? {} : { markBad: transition.markBad }),
    ...(transition.resources === undefined ? {} : { resources: transition.resources }),
    ...(transition.dueAt === undefined ? {} : { dueAt: transition.dueAt }),
  };
}
