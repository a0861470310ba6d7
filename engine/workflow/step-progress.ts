import type { JsonObject } from '../json.ts';
import type { ErrorReport } from './error-report.ts';
import { notBegun } from './pending-steps.ts';
import type { StepRecord } from './promotion.ts';

/**
 * A step that begins; one that was only parked goes on in the attempt it was in.
 * @param isBilledAnew whether the time since a run died in it is not the step's.
 */
export function begun(step: StepRecord, at: Date, isBilledAnew: boolean): StepRecord {
  const attempt = step.status === 'parked' ? step.attempt : step.attempt + 1;
  const wasCutOff = step.status === 'running';
  const startedAt = wasCutOff && isBilledAnew ? at : (step.startedAt ?? at);
  return { ...step, status: 'running', attempt, startedAt, error: undefined };
}

/** A step that starts anew. One whose effects may exist stays begun, so that a rollback does not pass it over. */
export function begunAnew(step: StepRecord, isCompensable: boolean): StepRecord {
  return {
    ...step,
    ...notBegun,
    status: step.status !== 'pending' && isCompensable ? 'retrying' : 'pending',
  };
}

/** A step whose undoing begins; one that was only parked goes on in the attempt it was in. */
export function undoingBegun(step: StepRecord): StepRecord {
  const before = step.compensation;
  const attempt = before?.status === 'parked' ? before.attempt : (before?.attempt ?? 0) + 1;
  return undoing(step, { status: 'running', attempt, checkpoint: before?.checkpoint });
}

/** A step whose undoing came so far. */
export function undoing(
  step: StepRecord,
  change: {
    readonly status: NonNullable<StepRecord['compensation']>['status'];
    /** Default: as it was. */
    readonly attempt?: number;
    readonly summary?: string;
    readonly checkpoint?: JsonObject | undefined;
    readonly error?: ErrorReport;
  },
): StepRecord {
  const { status, attempt = step.compensation?.attempt ?? 1, summary, checkpoint, error } = change;
  return { ...step, compensation: { status, attempt, summary, checkpoint, error } };
}
