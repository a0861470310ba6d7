import type { Release } from '../release.ts';
import type { Actor } from '../workflow/actor.ts';
import { Draft } from '../workflow/draft.ts';
import { pendingSteps } from '../workflow/pending-steps.ts';
import type { PromotionRecord, RollbackRequest, StepRecord } from '../workflow/promotion.ts';
import { mayHaveChangedTarget, stepsToCompensate } from '../workflow/decide.ts';
import type { Definition } from '../workflow/definition.ts';
import { slotResources } from '../workflow/run-promotion.ts';
import { isEndState } from '../workflow/state.ts';
import { storable } from '../workflow/storable.ts';
import { findContractsInTheWay, refuseIrreversible, withholdContracts } from './contracts-in-the-way.ts';
import { refuseWhenOvertaken } from './refuse-when-overtaken.ts';
import { newRecord } from './request-promotion.ts';
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
  const release = await context.store.loadRelease(original.releaseId);
  if (release === undefined) throw new NotFoundError(`release ${original.releaseId} is not in the store`);
  const reverted = await freeTheWay(context, actor, original, release, request.acceptsDataLoss);
  const id = await storeRollback(context, actor, original, release, request, reverted);
  const rollback = await loadPromotion(context, id);
  if (isEndState(rollback.state)) {
    throw new RefusedError(
      `${id} was to take it back and is ${rollback.state}; try that one again: promote retry ${id}`,
    );
  }
  await context.dispatch();
  return id;
}

/**
 * Makes sure that nothing removes what the release before needs while it is on its way back.
 * @returns the contract migrations that must be undone before it can serve.
 */
async function freeTheWay(
  context: ServiceContext,
  actor: Actor,
  original: PromotionRecord,
  release: Release,
  acceptsDataLoss: boolean,
): Promise<readonly number[]> {
  const { toEnvironment } = original;
  refuseIrreversible(await findContractsInTheWay(context, original, release), toEnvironment, acceptsDataLoss);
  await withholdContracts(context, actor, original);
  // Once more: one may have ended between the question and its being withheld.
  const inTheWay = await findContractsInTheWay(context, original, release);
  refuseIrreversible(inTheWay, toEnvironment, acceptsDataLoss);
  return inTheWay.migrations.map(({ version }) => version);
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
  if (record.kind === 'contract' && mayHaveChangedTarget(record)) {
    throw new RefusedError(`${record.id} runs contract migrations right now, which nothing takes back; wait for it`);
  }
  if (record.state === 'GENERATING_REPORTS' || record.state === 'NOTIFICATIONS_SENT') {
    throw new RefusedError(`${record.id} is ending right now; wait for it, then roll it back`);
  }
  draft.requestRollback({ ...request, requestedBy: actor.id, at: context.clock.now() }, actor);
  draft.makeDue();
}

async function refuseImpossibleRollback(context: ServiceContext, original: PromotionRecord): Promise<void> {
  const { id, application, toEnvironment } = original;
  if (original.kind === 'contract') {
    throw new RefusedError(`${id} only ran contract migrations; roll back ${original.contractOf ?? 'its promotion'}`);
  }
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
  release: Release,
  request: Omit<RollbackRequest, 'at' | 'requestedBy'>,
  contracted: readonly number[],
): Promise<string> {
  const definition = contracted.length === 0 ? original.definition : withContract(original.definition);
  const record = newRecord(context, actor, release, definition, {
    kind: 'rollback',
    isDryRun: false,
    lane: original.lane,
    reason: request.reason,
    rollbackOf: original.id,
    planHash: original.planHash,
    rollback: { ...request, requestedBy: actor.id, at: context.clock.now() },
    steps: stepsToTakeBack(original, definition, contracted),
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
function stepsToTakeBack(
  original: PromotionRecord,
  definition: Definition,
  contracted: readonly number[],
): readonly StepRecord[] {
  return pendingSteps(definition).map((pending) => {
    if (pending.name === contractStep) return { ...pending, status: 'done', output: { migrations: [...contracted] } };
    const step = original.steps.find(({ name }) => name === pending.name);
    const phase = original.definition.steps.find(({ name }) => name === pending.name)?.phase;
    if (step === undefined || phase === undefined) return pending;
    switch (phase) {
      case 'move':
      case 'deploy':
        return { ...step, ordinal: pending.ordinal, compensation: undefined };
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

const contractStep = 'contract-database';

/** With the contract as its last step, so that it is the first to be undone: the old release cannot serve before. */
function withContract(definition: Definition): Definition {
  const contract = definition.contractSteps?.filter(({ name }) => name === contractStep) ?? [];
  const place = definition.steps.findIndex(({ phase }) => phase === 'restoration');
  return { ...definition, steps: definition.steps.toSpliced(place, 0, ...contract) };
}
