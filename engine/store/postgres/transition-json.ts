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

function storedStep(step: StepRecord) {
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

/** The arguments of `apply_transitions`, in order: heads, steps, events and messages, each as the text of a JSON array. */
export function transitionArguments(transitions: readonly Transition[]): readonly [string, string, string, string] {
  const heads: object[] = [];
  const steps: object[] = [];
  const events: object[] = [];
  const messages: object[] = [];
  for (const transition of transitions) {
    heads.push(headOf(transition));
    const place = heads.length;
    const promotion_id = transition.record.id;
    for (const step of transition.steps) steps.push({ place, promotion_id, ...storedStep(step) });
    for (const { seq, at, type, actor, data, previousHash, hash } of transition.events) {
      events.push({ place, promotion_id, seq, at, type, actor, data, previous_hash: previousHash, hash });
    }
    for (const { eventId, type, body } of transition.outbox) {
      messages.push({ place, promotion_id, event_id: eventId, type, body, at: transition.at });
    }
  }
  return [JSON.stringify(heads), JSON.stringify(steps), JSON.stringify(events), JSON.stringify(messages)];
}

/** What a transition changes about its promotion; an absent key leaves the matter as it is, or empties its column. */
function headOf(transition: Transition): object {
  const { record } = transition;
  return {
    promotionId: record.id,
    expectedVersion: transition.expectedVersion,
    fence: transition.fence,
    at: transition.at,
    lease: transition.lease,
    state: record.state,
    parked: storedParked(record.parked),
    eventSeq: record.eventSeq,
    headHash: record.headHash,
    planHash: record.planHash,
    rollback: storedRollback(record.rollback),
    failure: record.failure,
    holdsSlot: record.holdsSlot,
    stateVersion: record.stateVersion,
    endedAt: record.endedAt,
    plan: transition.plan,
    votes: unlessEmpty(
      transition.votes.map((vote) => ({
        stage: vote.stage,
        actor: vote.actor,
        decision: vote.decision,
        plan_hash: vote.planHash,
        comment: vote.comment ?? null,
        at: vote.at,
      })),
    ),
    ticks: unlessEmpty(
      transition.ticks.map(({ item, phase, tickedBy, note, at }) => ({
        item,
        phase,
        ticked_by: tickedBy,
        note: note ?? null,
        at,
      })),
    ),
    openItems: unlessEmpty(transition.openItems),
    changes: unlessEmpty(
      transition.changes.map(({ kind, subject, before, after }) => ({
        kind,
        subject,
        before: before ?? null,
        after: after ?? null,
        changed_by: transition.changedBy,
      })),
    ),
    overrides: transition.overrides,
    environment: transition.environment,
    pauseAutoPromotion: transition.pauseAutoPromotion,
    markBad: transition.markBad,
    resources: transition.resources,
    dueAt: transition.dueAt,
  };
}

/** Absent where there is nothing to store: only some transitions have consequences, and the database looks for the key. */
function unlessEmpty<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items;
}
