import type { Actor } from '../workflow/actor.ts';
import { awaitsRollback, phaseOf } from '../workflow/decide.ts';
import type { StepPhase } from '../workflow/definition.ts';
import type { Draft } from '../workflow/draft.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { refuseWhenClosed } from './refuse-when-closed.ts';
import { refuseWhenOvertaken } from './refuse-when-overtaken.ts';
import { changePromotion, loadPromotion, type ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

const phasesBeforeEffects: readonly StepPhase[] = ['initialize', 'conditions', 'approval', 'window', 'validation'];

/** Takes a failed promotion up again at the step that failed, or a failed rollback at what could not be undone. */
export async function retryPromotion(
  context: ServiceContext,
  actor: Actor,
  id: string,
  acceptsDataLoss = false,
): Promise<PromotionRecord> {
  const { application, toEnvironment } = await loadPromotion(context, id);
  await context.authorizer.require(actor, 'retry', { application, environment: toEnvironment });
  return changePromotion(context, id, async (draft) => {
    const { record } = draft;
    switch (record.state) {
      case 'ROLLBACK_FAILED':
        resumeRollback(draft, actor, acceptsDataLoss);
        break;
      case 'FAILED':
        await refuseWhenOvertaken(context, record);
        if (!failedBeforeEffects(record)) await refuseWhenClosed(context, record);
        resumeForward(draft, actor);
        break;
      case 'PROMOTION_FAILED':
        if (!awaitsRollback(record)) throw new RefusedError(`${record.id} is being taken back`);
        await refuseWhenClosed(context, record);
        resumeForward(draft, actor);
        break;
      default:
        throw new RefusedError(`${record.id} is ${record.state}; only what failed can be tried again`);
    }
    draft.makeDue();
  });
}

function resumeRollback(draft: Draft, actor: Actor, acceptsDataLoss: boolean): void {
  const { record } = draft;
  draft.resumeRollback(actor, acceptsDataLoss);
  const again = record.steps
    .filter((step) => step.status === 'failed' && phaseOf(record, step.name) === 'restoration')
    .map(({ name }) => name);
  if (again.length > 0) draft.resetSteps(again, actor, 'tried again');
  draft.moveTo('ROLLING_BACK', actor);
  draft.announce('rollback.started', {
    trigger: record.rollback?.trigger ?? 'manual',
    reason: 'tried again after it had failed',
    requestedBy: actor.id,
  });
}

/** Then its conditions, approvals and window are judged again. */
function failedBeforeEffects(record: PromotionRecord): boolean {
  const failed = record.failure?.step;
  return failed !== undefined && phasesBeforeEffects.includes(phaseOf(record, failed));
}

function resumeForward(draft: Draft, actor: Actor): void {
  const { record } = draft;
  const failed = record.failure?.step;
  if (failed === undefined) throw new RefusedError(`${record.id} names no step that failed`);
  const failedPhase = phaseOf(record, failed);
  const isBeforeEffects = failedBeforeEffects(record);
  const again = record.steps.filter((step) => {
    const phase = phaseOf(record, step.name);
    if (step.name === failed || phase === 'report' || phase === 'notify') return true;
    return isBeforeEffects && phasesBeforeEffects.includes(phase) && phase !== 'initialize';
  });
  draft.clearFailure(actor);
  draft.resetSteps(
    again.map(({ name }) => name),
    actor,
    'tried again',
  );
  if (failedPhase === 'initialize') draft.moveTo('INITIALIZING', actor);
  else draft.moveTo(isBeforeEffects ? 'VALIDATING_CONDITIONS' : 'QUEUED', actor);
}
