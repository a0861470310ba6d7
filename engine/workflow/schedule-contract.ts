import { z } from 'zod';
import { engineActor } from './actor.ts';
import type { Definition, StepReference } from './definition.ts';
import { Draft, genesisHash } from './draft.ts';
import { newPromotionId, slotResources } from './new-promotion.ts';
import { pendingSteps } from './pending-steps.ts';
import type { PromotionRecord } from './promotion.ts';

const waitingSchema = z.looseObject({ waiting: z.array(z.number()).default([]) });

/**
 * Has what a promotion left of its database migrations run by itself once its undo window is over (design, section 5): a
 * promotion of its own, which holds nothing while it waits, is made together with the end of this one.
 */
export function scheduleContract(draft: Draft, now: Date): void {
  const { record } = draft;
  const { contractSteps = [] } = record.definition;
  const versions = waitingMigrations(record);
  if (record.kind !== 'promote' || record.isDryRun || contractSteps.length === 0 || versions.length === 0) return;

  const names = versions.map(String).join(', ');
  const contract = contractRecord(record, contractSteps, `migration ${names}, when the undo window is over`, now);
  const until = undoWindowEnd(record, now);
  const first = new Draft(contract, now, record.stateVersion);
  first.append('requested', engineActor, { contractOf: record.id, migrations: [...versions] });
  first.park({ reason: 'undo-window', detail: undoWindowDetail(versions), until }, engineActor);
  first.announce('contract.scheduled', {
    contractOf: record.id,
    migrations: [...versions],
    until: until.toISOString(),
  });
  draft.followUp(
    { record: contract, resources: slotResources(contract), transition: first.toTransition(undefined) },
    engineActor,
    { migrations: [...versions], until: until.toISOString() },
  );
}

/** What an undo window is about, for people. */
export function undoWindowDetail(versions: readonly number[]): string {
  const names = versions.map(String).join(', ');
  return `until then a rollback loses nothing; then migration ${names} removes what older releases need`;
}

/** The migrations that a promotion did not run because the release before needs what they remove. */
function waitingMigrations({ steps }: PromotionRecord): readonly number[] {
  const output = steps.find(({ name }) => name === 'migrate-database')?.output;
  return waitingSchema.parse(output ?? {}).waiting;
}

/** Counted from the verification, as the database does. */
function undoWindowEnd({ steps, definition }: PromotionRecord, now: Date): Date {
  const verifiedAt = steps.find(({ name }) => name === 'verify')?.finishedAt ?? now;
  return new Date(verifiedAt.getTime() + definition.contractAfterSeconds * 1000);
}

function contractRecord(
  promotion: PromotionRecord,
  steps: readonly StepReference[],
  reason: string,
  now: Date,
): PromotionRecord {
  const definition = contractDefinition(promotion.definition, steps);
  return {
    ...promotion,
    id: newPromotionId(),
    kind: 'contract',
    contractOf: promotion.id,
    rollbackOf: undefined,
    lane: 'normal',
    overrides: [],
    state: 'INITIALIZING',
    parked: undefined,
    version: 0,
    fence: 0,
    eventSeq: 0,
    headHash: genesisHash,
    requestedBy: engineActor,
    reason,
    definition,
    rollback: undefined,
    failure: undefined,
    holdsSlot: false,
    steps: pendingSteps(definition),
    createdAt: now,
    updatedAt: now,
    endedAt: undefined,
  };
}

/** The gates were passed and the approvals given for the whole, which the plan says; nothing takes a contract back. */
function contractDefinition(definition: Definition, steps: readonly StepReference[]): Definition {
  const { contractSteps: _, ...rest } = definition;
  return { ...rest, gates: [], approvalStages: [], rollback: { ...definition.rollback, isEnabled: false }, steps };
}
