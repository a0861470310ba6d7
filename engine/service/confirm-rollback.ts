import type { Actor } from '../workflow/actor.ts';
import { awaitsRollback, phaseOf, stepsToCompensate } from '../workflow/decide.ts';
import type { Draft } from '../workflow/draft.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { changePromotion, loadPromotion, type ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

const byHand = 'by hand, as ';

/** The steps that only a person's word says were undone. */
export function undoneByHand({ steps }: PromotionRecord): readonly string[] {
  return steps.filter(({ compensation }) => compensation?.summary?.startsWith(byHand) === true).map(({ name }) => name);
}

/**
 * Takes a person's word that a promotion was taken back by hand. Nothing is undone any more; what runs is verified, and
 * only that ends it.
 */
export async function confirmRollback(context: ServiceContext, actor: Actor, id: string): Promise<PromotionRecord> {
  const { application, toEnvironment } = await loadPromotion(context, id);
  await context.authorizer.require(actor, 'confirm-rollback', { application, environment: toEnvironment });
  return changePromotion(context, id, (draft) => {
    const { record } = draft;
    if (awaitsRollback(record)) beginConfirmed(draft, actor, context.clock.now());
    else if (record.state === 'ROLLBACK_FAILED') resumeConfirmed(draft, actor);
    else throw new RefusedError(`${id} waits for nobody to take it back; promote rollback ${id} takes it back`);
    for (const step of stepsToCompensate(draft.record)) {
      draft.startCompensation(step, actor);
      draft.finishCompensation(step, actor, `${byHand}${actor.id} says`, {});
    }
    draft.makeDue();
  });
}

function beginConfirmed(draft: Draft, actor: Actor, at: Date): void {
  const [reason = 'it failed'] = draft.record.failure?.error.message.split('\n') ?? [];
  const request = { trigger: 'manual', reason, requestedBy: actor.id, at, acceptsDataLoss: false } as const;
  draft.requestRollback({ ...request, confirmedBy: actor.id }, actor);
}

function resumeConfirmed(draft: Draft, actor: Actor): void {
  draft.resumeRollback(actor, false);
  draft.changeRollback({ confirmedBy: actor.id }, 'rollback-confirmed', actor, {});
  const { record } = draft;
  const again = record.steps
    .filter((step) => step.status === 'failed' && phaseOf(record, step.name) === 'restoration')
    .map(({ name }) => name);
  if (again.length > 0) draft.resetSteps(again, actor, 'taken back by hand');
  draft.moveTo('ROLLING_BACK', actor);
}
