import { engineActor } from './actor.ts';
import { phaseOf } from './decide.ts';
import type { StepPhase } from './definition.ts';
import type { Draft } from './draft.ts';
import { mayPassOver } from './error-limits.ts';
import type { ErrorReport } from './error-report.ts';
import type { FoundBeforeFailure } from './found-before-failure.ts';
import { rollbackInstructions } from './rollback-instructions.ts';
import { retryDelaySeconds, retryPolicyFor } from './retry.ts';
import { takesBack } from './rollback-triggers.ts';

export interface Moment {
  readonly now: Date;
  /** In [0, 1), for jitter. */
  readonly random: number;
}

/** What went wrong in an attempt of a step. */
export interface StepError extends FoundBeforeFailure {
  readonly error: ErrorReport;
  readonly requirementsNotMet: boolean;
}

/**
 * Records that an attempt of a step failed, by the severity of its error: CRITICAL fails at once, HIGH is tried again and
 * somebody is told, MEDIUM and LOW let an optional step be passed over, so often as the rules allow.
 */
export function settleError(draft: Draft, step: string, failed: StepError, moment: Moment): void {
  const { error, requirementsNotMet } = failed;
  if (isAskedToTurnRound(draft, step)) {
    draft.failStep(step, engineActor, error, failed);
    return;
  }
  const passing = mayPassOver(draft.record, step, error);
  if (passing === 'may') {
    draft.passOverStep(step, engineActor, error);
    return;
  }
  if (typeof passing === 'object') {
    const limited = { ...error, message: `${error.message} (${limitText(error, passing.limit)})` };
    draft.failStep(step, engineActor, limited, failed);
    settleFailure(draft, step, { ...failed, error: limited }, moment);
    return;
  }
  const { attempt } = draft.step(step);
  const policy = retryPolicyFor(draft.record.definition.retry, error.category);
  if (!requirementsNotMet && error.isRetryable && attempt < policy.maximumAttempts) {
    const until = retryAt(draft, error, attempt, moment);
    draft.retryStep(step, engineActor, error, until);
    if (attempt === 1) alertOf(draft, step, error, until);
    return;
  }
  draft.failStep(step, engineActor, error, failed);
  settleFailure(draft, step, failed, moment);
}

/** Records that an attempt to undo a step failed. */
export function settleCompensationError(draft: Draft, step: string, error: ErrorReport, moment: Moment): void {
  const attempt = draft.step(step).compensation?.attempt ?? 1;
  // A rollback is the way out, so it tries more often than a promotion does.
  const maximumAttempts = retryPolicyFor(draft.record.definition.retry, error.category).maximumAttempts * 2;
  if (error.isRetryable && attempt < maximumAttempts) {
    const until = retryAt(draft, error, attempt, moment);
    draft.retryCompensation(step, engineActor, error, until);
    if (attempt === 1) alertOf(draft, `undoing ${step}`, error, until);
    return;
  }
  draft.failCompensation(step, engineActor, error);
  failRollback(draft, step, error);
}

/** Whether a person asked to cancel or roll back while the step ran. */
export function isAskedToTurnRound(draft: Draft, step: string): boolean {
  return (
    draft.record.rollback !== undefined &&
    draft.record.state !== 'ROLLING_BACK' &&
    phaseOf(draft.record, step) !== 'restoration'
  );
}

function settleFailure(draft: Draft, step: string, failed: StepError, moment: Moment): void {
  const { error, requirementsNotMet, checks = [] } = failed;
  const phase: StepPhase = phaseOf(draft.record, step);
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
      draft.announce('validation.failed', {
        step,
        error: error.message,
        severity: error.severity,
        gates: checks.filter(({ verdict }) => verdict === 'fail').map(({ gate }) => gate),
      });
      return;
    case 'initialize':
    case 'approval':
    case 'window':
      draft.fail(step, engineActor, error, requirementsNotMet);
      return;
    case 'move':
    case 'deploy':
      draft.fail(step, engineActor, error, requirementsNotMet);
      draft.moveTo('PROMOTION_FAILED', engineActor);
      if (!takesBack(draft.record.definition.rollback, error)) return;
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
      return;
  }
}

/** The slot stays taken: the environment is half-way, and nothing else may move there until a person has resolved it. */
function failRollback(draft: Draft, step: string, error: ErrorReport): void {
  const { escalateTo = [] } = draft.record.definition.rollback;
  draft.announce('rollback.failed', {
    step,
    error: error.message,
    severity: error.severity,
    remedy: error.remedy,
    instructions: [...rollbackInstructions(draft.record)],
    escalateTo: [...escalateTo],
  });
  draft.moveTo('ROLLBACK_FAILED', engineActor);
}

/** Somebody hears once of what is tried again, not of every attempt. */
function alertOf(draft: Draft, step: string, error: ErrorReport, until: Date): void {
  if (error.severity !== 'HIGH' && error.severity !== 'CRITICAL') return;
  const { message, severity, category, remedy } = error;
  draft.announce('step.retrying', { step, error: message, severity, category, remedy, until: until.toISOString() });
}

function limitText({ severity }: ErrorReport, limit: number): string {
  const errors = `${String(limit)} ${severity} ${limit === 1 ? 'error' : 'errors'}`;
  return `the rules let the promotion go on after ${errors}, and this is one more`;
}

function retryAt(draft: Draft, error: ErrorReport, attempt: number, moment: Moment): Date {
  const policy = retryPolicyFor(draft.record.definition.retry, error.category);
  return new Date(moment.now.getTime() + retryDelaySeconds(policy, attempt, moment.random) * 1000);
}

const longestReason = 160;

/** A reason is read in lists; the whole message stays with the step that failed. */
function shortened(message: string): string {
  const [line = ''] = message.split('\n');
  return line.length <= longestReason ? line : `${line.slice(0, longestReason - 1)}…`;
}
