import { z } from 'zod';
import type { Release } from '../release.ts';
import type { Actor } from '../workflow/actor.ts';
import type { Definition } from '../workflow/definition.ts';
import { Draft } from '../workflow/draft.ts';
import { pendingSteps } from '../workflow/pending-steps.ts';
import type { PromotionRecord, StepRecord } from '../workflow/promotion.ts';
import { targetStepOf } from '../workflow/target-step.ts';
import { slotResources } from '../workflow/run-promotion.ts';
import { newRecord } from './request-promotion.ts';
import type { RollbackWish } from './rollback.ts';
import { loadPromotion, type ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

/** What is taken back, and how. */
export interface RollbackOrder {
  readonly original: PromotionRecord;
  /** The release that goes. */
  readonly release: Release;
  readonly wish: RollbackWish;
  /** Contract migrations that are undone first of all. */
  readonly reverted: readonly number[];
}

/** Under which the one promotion that takes an ended one back is found again. */
export function rollbackKey(promotionId: string): string {
  return `rollback-of:${promotionId}`;
}

/** Stores the promotion that takes an ended one back; asked again, answers the first one's id. */
export async function storeRollback(context: ServiceContext, actor: Actor, order: RollbackOrder): Promise<string> {
  const { original, release, wish, reverted } = order;
  const oldest = await oldestTakenBack(context, original, wish);
  const definition = reverted.length === 0 ? original.definition : withContract(original.definition);
  const record = newRecord(context, actor, release, definition, {
    kind: 'rollback',
    isDryRun: false,
    lane: original.lane,
    reason: wish.reason,
    rollbackOf: original.id,
    planHash: oldest.planHash,
    rollback: { ...wish, requestedBy: actor.id, at: context.clock.now() },
    steps: stepsToTakeBack(original, oldest, definition, reverted),
  });
  const draft = new Draft(record, record.createdAt, context.stateVersion);
  draft.append('requested', actor, {
    rollbackOf: original.id,
    release: release.name,
    reason: wish.reason,
    ...(wish.to === undefined
      ? {}
      : { to: wish.to.release, takesBack: wish.to.promotions.map((promotion) => promotion.id) }),
    ...(wish.restoresDatabase === true ? { restoresDatabase: true } : {}),
    ...(wish.undoesMigrations === true ? { undoesMigrations: true } : {}),
  });
  draft.makeDue();
  return context.store.createPromotion({
    record,
    resources: slotResources(record),
    idempotencyKey: rollbackKey(original.id),
    transition: draft.toTransition(undefined),
  });
}

/** The promotion before which the environment was what it becomes again: its plan and its back-up say how it was. */
async function oldestTakenBack(
  context: ServiceContext,
  original: PromotionRecord,
  { to }: RollbackWish,
): Promise<PromotionRecord> {
  const id = to?.promotions.at(-1)?.id;
  return id === undefined || id === original.id ? original : loadPromotion(context, id);
}

/** What the original did stands as done, to be undone; its checks and approvals have no part in a rollback. */
function stepsToTakeBack(
  original: PromotionRecord,
  oldest: PromotionRecord,
  definition: Definition,
  reverted: readonly number[],
): readonly StepRecord[] {
  refuseForgottenSteps(original, oldest);
  return pendingSteps(definition).map((pending) => {
    if (pending.name === contractStep) return { ...pending, status: 'done', output: { migrations: [...reverted] } };
    const step = stepToTakeBack(pending.name, original, oldest);
    const phase = original.definition.steps.find(({ name }) => name === pending.name)?.phase;
    if (step === undefined || phase === undefined) return pending;
    switch (phase) {
      case 'move':
      case 'deploy':
        return { ...step, ordinal: pending.ordinal, version: pending.version, compensation: undefined };
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

const movedSchema = z.looseObject({ configuration: z.looseObject({ commit: z.string(), base: z.string() }) });
const targetSchema = z.looseObject({ commit: z.string() });

/** The commit of the environment's configuration that a promotion was built on. */
function configurationBefore({ steps }: PromotionRecord): string | undefined {
  const noted = targetSchema.safeParse(targetStepOf(steps)?.output);
  return noted.success ? noted.data.commit : undefined;
}

/** As the newest left it; what was before it is what was before the oldest. */
function stepToTakeBack(name: string, original: PromotionRecord, oldest: PromotionRecord): StepRecord | undefined {
  const find = (promotion: PromotionRecord) => promotion.steps.find((step) => step.name === name);
  const newest = find(original);
  switch (name) {
    case 'back-up':
    case 'note-target': {
      const noted = targetStepOf(oldest.steps);
      return noted === undefined ? undefined : { ...noted, name };
    }
    case 'promote-configuration': {
      const base = configurationBefore(oldest);
      if (newest?.output === undefined || base === undefined) return newest;
      return { ...newest, output: { ...newest.output, base } };
    }
    case 'deploy': {
      const own = movedSchema.safeParse(newest?.output);
      const base = configurationBefore(oldest);
      if (newest === undefined || !own.success || base === undefined) return newest;
      return { ...newest, output: { ...own.data, configuration: { ...own.data.configuration, base } } };
    }
    default:
      return newest;
  }
}

/** @throws RefusedError when an older promotion did what the newer one's steps do not know how to undo. */
function refuseForgottenSteps(original: PromotionRecord, oldest: PromotionRecord): void {
  const known = new Set(original.definition.steps.map(({ name }) => name));
  const forgotten = oldest.definition.steps.filter(({ name, isCompensable }) => isCompensable && !known.has(name));
  const [first] = forgotten;
  if (first === undefined) return;
  throw new RefusedError(
    `${oldest.id} also did ${first.name}, which ${original.id} has no part in; take them back one after the other`,
  );
}
