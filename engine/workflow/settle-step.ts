import { engineActor } from './actor.ts';
import { phaseOf } from './decide.ts';
import type { StepPhase } from './definition.ts';
import type { Draft } from './draft.ts';
import type { ErrorReport } from './error-report.ts';
import type { Outcome } from './execute-step.ts';
import { retryDelaySeconds } from './retry.ts';
import type { StepResult } from './step-definition.ts';

export interface Moment {
  readonly now: Date;
  /** In [0, 1), for jitter. */
  readonly random: number;
}

/** Records how an attempt of a step went; what follows from it is decided from the record alone. */
export function settleStep(draft: Draft, step: string, outcome: Outcome, moment: Moment): void {
  if (outcome.kind === 'error') {
    settleError(draft, step, outcome.error, outcome.requirementsNotMet, moment);
    return;
  }
  const { result } = outcome;
  switch (result.kind) {
    case 'done':
      draft.finishStep(step, engineActor, result.summary, result.output, result.records ?? {});
      return;
    case 'park':
      if (isAskedToTurnRound(draft, step)) return;
      draft.parkStep(step, engineActor, parkedBy(result), result.checkpoint);
      if (result.reason === 'approval') draft.announce('approval.needed', { detail: result.detail });
      return;
    case 'send-back':
      sendBack(draft, result.reason);
      return;
    case 'end':
      draft.append('ended', engineActor, { reason: result.reason });
      draft.announce('promotion.ended', { state: result.state, reason: result.reason });
      draft.releaseSlot(engineActor);
      draft.moveTo(result.state, engineActor);
      return;
  }
}

/** Records how an attempt to undo a step went. */
export function settleCompensation(draft: Draft, step: string, outcome: Outcome, moment: Moment): void {
  if (outcome.kind === 'error') {
    const { error } = outcome;
    const attempt = draft.step(step).compensation?.attempt ?? 1;
    // A rollback is the way out, so it tries more often than a promotion does.
    const maximumAttempts = draft.record.definition.retry.maximumAttempts * 2;
    if (error.isRetryable && attempt < maximumAttempts) {
      draft.retryCompensation(step, engineActor, error, retryAt(draft, attempt, moment));
      return;
    }
    draft.failCompensation(step, engineActor, error);
    failRollback(draft, step, error);
    return;
  }
  const { result } = outcome;
  switch (result.kind) {
    case 'done':
      draft.finishCompensation(step, engineActor, result.summary, result.records ?? {});
      return;
    case 'park':
      draft.parkCompensation(step, engineActor, parkedBy(result), result.checkpoint);
      return;
    case 'send-back':
    case 'end':
      throw new Error(`undoing ${step} answered ${result.kind}, which only running it may`);
  }
}

function settleError(
  draft: Draft,
  step: string,
  error: ErrorReport,
  requirementsNotMet: boolean,
  moment: Moment,
): void {
  if (isAskedToTurnRound(draft, step)) {
    draft.failStep(step, engineActor, error);
    return;
  }
  const reference = draft.record.definition.steps.find((each) => each.name === step);
  const isMild = error.severity === 'MEDIUM' || error.severity === 'LOW';
  if (reference?.isOptional === true && isMild) {
    draft.passOverStep(step, engineActor, error);
    return;
  }
  const { attempt } = draft.step(step);
  if (!requirementsNotMet && error.isRetryable && attempt < draft.record.definition.retry.maximumAttempts) {
    draft.retryStep(step, engineActor, error, retryAt(draft, attempt, moment));
    return;
  }
  draft.failStep(step, engineActor, error);
  settleFailure(draft, step, phaseOf(draft.record, step), error, requirementsNotMet, moment);
}

function settleFailure(
  draft: Draft,
  step: string,
  phase: StepPhase,
  error: ErrorReport,
  requirementsNotMet: boolean,
  moment: Moment,
): void {
  switch (phase) {
    case 'restoration':
      failRollback(draft, step, error);
      return;
    case 'report':
    case 'notify':
      // A good deployment is not taken back, and a rollback not called failed, because a report could not be written.
      if (draft.record.rollback === undefined) draft.fail(step, engineActor, error, false);
      return;
    case 'conditions':
    case 'validation':
      draft.fail(step, engineActor, error, requirementsNotMet);
      draft.moveTo('VALIDATION_FAILED', engineActor);
      return;
    case 'initialize':
    case 'approval':
      draft.fail(step, engineActor, error, requirementsNotMet);
      return;
    case 'move':
    case 'deploy':
      draft.fail(step, engineActor, error, requirementsNotMet);
      draft.moveTo('PROMOTION_FAILED', engineActor);
      if (!draft.record.definition.rollback.isEnabled) return;
      draft.requestRollback(
        {
          trigger: 'automatic',
          reason: `${step}: ${shortened(error.message)}`,
          requestedBy: engineActor.id,
          at: moment.now,
          acceptsDataLoss: false,
        },
        engineActor,
      );
      draft.announce('promotion.rolling-back', { step, error: error.message });
      return;
  }
}

/** The slot stays taken: the environment is half-way, and nothing else may move there until a person has resolved it. */
function failRollback(draft: Draft, step: string, error: ErrorReport): void {
  draft.announce('rollback.failed', { step, error: error.message, remedy: error.remedy });
  draft.moveTo('ROLLBACK_FAILED', engineActor);
}

/** Whether a person asked to cancel or roll back while the step ran. */
function isAskedToTurnRound(draft: Draft, step: string): boolean {
  return (
    draft.record.rollback !== undefined &&
    draft.record.state !== 'ROLLING_BACK' &&
    phaseOf(draft.record, step) !== 'restoration'
  );
}

const repeatedAfterDrift: readonly StepPhase[] = ['conditions', 'approval', 'validation'];

function sendBack(draft: Draft, reason: string): void {
  const { record } = draft;
  const names = record.definition.steps
    .filter((each) => repeatedAfterDrift.includes(each.phase))
    .map((each) => each.name);
  draft.releaseSlot(engineActor);
  draft.resetSteps(names, engineActor, reason);
  draft.moveTo('VALIDATING_CONDITIONS', engineActor);
  draft.announce('plan.changed', { reason });
}

function retryAt(draft: Draft, attempt: number, moment: Moment): Date {
  const seconds = retryDelaySeconds(draft.record.definition.retry, attempt, moment.random);
  return new Date(moment.now.getTime() + seconds * 1000);
}

function parkedBy(result: Extract<StepResult, { kind: 'park' }>) {
  return { reason: result.reason, detail: result.detail, until: result.until };
}

const longestReason = 160;

/** A reason is read in lists; the whole message stays with the step that failed. */
function shortened(message: string): string {
  const [line = ''] = message.split('\n');
  return line.length <= longestReason ? line : `${line.slice(0, longestReason - 1)}…`;
}
