import type { Actor } from '../workflow/actor.ts';
import { behindTheChange } from '../workflow/approvals.ts';
import { awaitsRollback, phaseOf } from '../workflow/decide.ts';
import { describePromotion } from '../workflow/describe-promotion.ts';
import type { StepPhase } from '../workflow/definition.ts';
import type { Draft } from '../workflow/draft.ts';
import { overrideOf, type Override } from '../workflow/override.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { badReleaseText } from '../workflow/refuse-bad-release.ts';
import { undoneByHand } from './confirm-rollback.ts';
import { refuseWhenClosed } from './refuse-when-closed.ts';
import { acknowledgement, grantOverride } from './overrides.ts';
import { refuseWhenOnItsWay } from './refuse-when-on-its-way.ts';
import { refuseWhenOvertaken } from './refuse-when-overtaken.ts';
import { changePromotion, loadPromotion, type ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';
import { refuseUnstaffed } from './stage-people.ts';

const phasesBeforeEffects: readonly StepPhase[] = ['initialize', 'conditions', 'approval', 'window', 'validation'];

export interface RetryOptions {
  /** Lets a rollback discard what its error names. */
  readonly acceptsDataLoss?: boolean;
  /** Has the engine take back after all what somebody had said was taken back by hand. */
  readonly takesBackAnew?: boolean;
  /** Overrules what failed, for the reason given; only where validation failed, and the rules let whoever asks. */
  readonly forces?: boolean;
  readonly reason?: string | undefined;
  /** Why it moves although it is ready only with caution. */
  readonly acknowledges?: string | undefined;
}

/** Takes a failed promotion up again at the step that failed, or a failed rollback at what could not be undone. */
export async function retryPromotion(
  context: ServiceContext,
  actor: Actor,
  id: string,
  options: RetryOptions = {},
): Promise<PromotionRecord> {
  const loaded = await loadPromotion(context, id);
  const scope = { application: loaded.application, environment: loaded.toEnvironment };
  await context.authorizer.require(actor, 'retry', scope);
  const force = options.forces === true ? await grantForce(context, actor, loaded, options.reason) : undefined;
  const { acknowledges } = options;
  return changePromotion(context, id, async (draft) => {
    const { record } = draft;
    if (acknowledges !== undefined) {
      if (!failedInValidation(record)) throw nothingToAcknowledge(record);
      draft.override(acknowledgement(context, actor, record.definition, acknowledges), actor);
    }
    if (options.takesBackAnew === true) refuseUnlessConfirmed(record);
    switch (record.state) {
      case 'ROLLBACK_FAILED':
        if (force !== undefined) throw notValidation(record);
        resumeRollback(draft, actor, options);
        break;
      case 'FAILED':
        await refuseBad(context, record);
        await refuseWhenOnItsWay(context, record);
        await refuseWhenOvertaken(context, record);
        if (!failedBeforeEffects(record)) await refuseWhenClosed(context, record);
        if (force !== undefined) await overruleFailure(context, draft, actor, force);
        resumeForward(draft, actor);
        break;
      case 'PROMOTION_FAILED':
        if (!awaitsRollback(record)) throw new RefusedError(`${record.id} is being taken back`);
        if (force !== undefined) throw notValidation(record);
        await refuseBad(context, record);
        await refuseWhenClosed(context, record);
        resumeForward(draft, actor);
        break;
      default:
        throw new RefusedError(
          `only what failed can be tried again, and ${record.id} did not (${describePromotion(record)}); promote status ${record.id} shows it`,
        );
    }
    draft.makeDue();
  });
}

/** @throws RefusedError when the release is marked bad by now. */
async function refuseBad({ store }: ServiceContext, { releaseId, application, kind }: PromotionRecord): Promise<void> {
  const release = await store.loadRelease(releaseId);
  if (release?.bad === undefined || kind !== 'promote') return;
  throw new RefusedError(
    `${badReleaseText(release)}. Make a new release; if it is not bad after all: promote release mark-bad ${application} ${release.name} --undo --reason "<why>"`,
    true,
  );
}

function grantForce(
  context: ServiceContext,
  actor: Actor,
  { application, toEnvironment, definition }: PromotionRecord,
  reason: string | undefined,
): Promise<Override> {
  return grantOverride(context, actor, { application, environment: toEnvironment }, definition, 'force', reason);
}

/** Only what validation found can be overruled; what broke has to be mended. @throws RefusedError */
async function overruleFailure(context: ServiceContext, draft: Draft, actor: Actor, force: Override): Promise<void> {
  const { record } = draft;
  if (!failedInValidation(record)) throw notValidation(record);
  draft.override(force, actor);
  const release = await context.store.loadRelease(record.releaseId);
  const scope = { application: record.application, environment: record.toEnvironment };
  if (overrideOf(record, 'auto-approve') !== undefined) return;
  await refuseUnstaffed(context, scope, record.definition, behindTheChange(draft.record, release));
}

function failedInValidation(record: PromotionRecord): boolean {
  const { failure } = record;
  if (record.state !== 'FAILED' || failure?.requirementsNotMet !== true) return false;
  const phase = phaseOf(record, failure.step);
  return phase === 'conditions' || phase === 'validation';
}

function nothingToAcknowledge({ id }: PromotionRecord): RefusedError {
  return new RefusedError(`${id} did not fail for want of readiness; try it again without --acknowledge`);
}

function notValidation({ id }: PromotionRecord): RefusedError {
  return new RefusedError(
    `${id} failed by more than its validation, which nobody can overrule; try it again without --force`,
  );
}

/** @throws RefusedError where nobody's word stands in the way of the engine. */
function refuseUnlessConfirmed({ id, state, rollback }: PromotionRecord): void {
  if (state === 'ROLLBACK_FAILED' && rollback?.confirmedBy !== undefined) return;
  throw new RefusedError(
    `${id} is no rollback that failed after somebody had confirmed it; try it again without --anew: promote retry ${id}`,
  );
}

function resumeRollback(
  draft: Draft,
  actor: Actor,
  { acceptsDataLoss = false, takesBackAnew = false }: RetryOptions,
): void {
  const { record } = draft;
  draft.resumeRollback(actor, acceptsDataLoss);
  if (takesBackAnew) draft.withdrawConfirmation(undoneByHand(record), actor);
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
