import type { Actor } from '../workflow/actor.ts';
import { Draft } from '../workflow/draft.ts';
import type { PromotionRecord, RollbackRequest, StepRecord } from '../workflow/promotion.ts';
import { stepsToCompensate } from '../workflow/decide.ts';
import { slotResources } from '../workflow/run-promotion.ts';
import { isEndState } from '../workflow/state.ts';
import { storable } from '../workflow/storable.ts';
import { refuseWhenOvertaken } from './refuse-when-overtaken.ts';
import { newRecord, pendingSteps } from './request-promotion.ts';
import { changePromotion, loadPromotion, type ServiceContext } from './service-context.ts';
import { NotFoundError, RefusedError } from './service-errors.ts';

/** Stops a promotion: before it changed anything it just ends, afterwards it takes back what it did. */
export async function cancelPromotion(
  context: ServiceContext,
  actor: Actor,
  id: string,
  reason: string,
): Promise<PromotionRecord> {
  const { application, toEnvironment } = await loadPromotion(context, id);
  await context.authorizer.require(actor, 'cancel', { application, environment: toEnvironment });
  return changePromotion(context, id, (draft) => {
    turnRound(draft, actor, { trigger: 'cancel', reason: storable(reason), acceptsDataLoss: false }, context);
  });
}

export interface RollbackCommand {
  /** The promotion to take back. */
  readonly promotionId: string;
  readonly reason: string;
  /** Set by a person who was shown what will be lost. */
  readonly acceptsDataLoss?: boolean;
}

/**
 * Takes a promotion back. One that still runs turns round; one that has ended is undone by a promotion of its own
 * kind, recorded and verified like any other. Asked twice, the same one does it.
 * @returns the id of the promotion that does it.
 */
export async function rollBack(context: ServiceContext, actor: Actor, command: RollbackCommand): Promise<string> {
  const original = await loadPromotion(context, command.promotionId);
  const { application, toEnvironment } = original;
  await context.authorizer.require(actor, 'rollback', { application, environment: toEnvironment });
  const request = {
    trigger: 'manual',
    reason: storable(command.reason),
    acceptsDataLoss: command.acceptsDataLoss ?? false,
  } as const;
  if (!isEndState(original.state)) {
    await changePromotion(context, original.id, (draft) => {
      turnRound(draft, actor, request, context);
    });
    return original.id;
  }
  await refuseImpossibleRollback(context, original);
  const id = await storeRollback(context, actor, original, request);
  const rollback = await loadPromotion(context, id);
  if (isEndState(rollback.state)) {
    throw new RefusedError(
      `${id} was to take it back and is ${rollback.state}; try that one again: promote retry ${id}`,
    );
  }
  await context.dispatch();
  return id;
}

function turnRound(
  draft: Draft,
  actor: Actor,
  request: Omit<RollbackRequest, 'at' | 'requestedBy'>,
  context: ServiceContext,
): void {
  const { record } = draft;
  if (isEndState(record.state)) throw new RefusedError(`${record.id} has ended already`);
  if (record.kind === 'rollback')
    throw new RefusedError(`${record.id} is a rollback; a rollback is never turned round`);
  if (record.rollback !== undefined) throw new RefusedError(`${record.id} is being taken back already`);
  if (record.state === 'GENERATING_REPORTS' || record.state === 'NOTIFICATIONS_SENT') {
    throw new RefusedError(`${record.id} is ending right now; wait for it, then roll it back`);
  }
  draft.requestRollback({ ...request, requestedBy: actor.id, at: context.clock.now() }, actor);
  draft.makeDue();
}

async function refuseImpossibleRollback(context: ServiceContext, original: PromotionRecord): Promise<void> {
  const { id, application, toEnvironment } = original;
  if (original.kind === 'rollback') throw new RefusedError(`${id} is a rollback; a rollback is never rolled back`);
  if (original.state !== 'COMPLETED_SUCCESSFULLY' && original.state !== 'FAILED') {
    throw new RefusedError(`${id} ended as ${original.state}; there is nothing of it to take back`);
  }
  if (stepsToCompensate(original).length === 0) {
    throw new RefusedError(`${id} changed nothing in ${toEnvironment}; there is nothing of it to take back`);
  }
  const environments = await context.store.environments(application);
  const environment = environments.find(({ name }) => name === toEnvironment);
  if (environment?.promotionId === id) return;
  // What failed before its deployment is not what runs, and may have changed the database or the flags all the same.
  if (original.state === 'FAILED') {
    await refuseWhenOvertaken(context, original);
  } else {
    const newer = environment?.promotionId;
    throw new RefusedError(
      newer === undefined
        ? `${toEnvironment} runs what no promotion brought since ${id}; promote what should run there`
        : `${toEnvironment} was changed since by ${newer}; take that back first`,
    );
  }
}

async function storeRollback(
  context: ServiceContext,
  actor: Actor,
  original: PromotionRecord,
  request: Omit<RollbackRequest, 'at' | 'requestedBy'>,
): Promise<string> {
  const release = await context.store.loadRelease(original.releaseId);
  if (release === undefined) throw new NotFoundError(`release ${original.releaseId} is not in the store`);
  const record = newRecord(context, actor, release, original.definition, {
    kind: 'rollback',
    isDryRun: false,
    lane: original.lane,
    reason: request.reason,
    rollbackOf: original.id,
    planHash: original.planHash,
    rollback: { ...request, requestedBy: actor.id, at: context.clock.now() },
    steps: stepsToTakeBack(original),
  });
  const draft = new Draft(record, record.createdAt, context.stateVersion);
  draft.append('requested', actor, { rollbackOf: original.id, release: release.name, reason: request.reason });
  draft.makeDue();
  return context.store.createPromotion({
    record,
    resources: slotResources(record),
    idempotencyKey: `rollback-of:${original.id}`,
    transition: draft.toTransition(undefined),
  });
}

/** What the original did stands as done, to be undone; its checks and approvals have no part in a rollback. */
function stepsToTakeBack(original: PromotionRecord): readonly StepRecord[] {
  return pendingSteps(original.definition).map((pending) => {
    const step = original.steps.find(({ name }) => name === pending.name);
    const phase = original.definition.steps.find(({ name }) => name === pending.name)?.phase;
    if (step === undefined || phase === undefined) return pending;
    switch (phase) {
      case 'move':
      case 'deploy':
        return { ...step, compensation: undefined };
      case 'initialize':
      case 'conditions':
      case 'approval':
      case 'window':
      case 'validation':
        return { ...pending, status: 'skipped' };
      case 'restoration':
      case 'report':
      case 'notify':
        return pending;
    }
  });
}
