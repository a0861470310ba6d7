import type { Release } from '../release.ts';
import { engineActor } from './actor.ts';
import { mayHaveChangedTarget, mayHaveEffects, phaseOf } from './decide.ts';
import type { Draft } from './draft.ts';
import type { ErrorReport } from './error-report.ts';
import type { PromotionRecord } from './promotion.ts';
import { takesBack } from './rollback-triggers.ts';
import { isEndState } from './state.ts';

/** What the failure of a promotion is called whose release was marked bad on its way. */
export const badReleaseCode = 'RELEASE_MARKED_BAD';

/**
 * Whether a promotion must not go on because its release was marked bad since it was asked for. What is deployed already is
 * judged by its own verification.
 */
export function isOfBadRelease(record: PromotionRecord, { bad }: Pick<Release, 'bad'>): boolean {
  const { kind, state, failure, rollback } = record;
  if (bad === undefined || kind !== 'promote' || failure !== undefined || rollback !== undefined) return false;
  if (isEndState(state) || state === 'GENERATING_REPORTS' || state === 'NOTIFICATIONS_SENT') return false;
  const deploying = record.steps.filter(({ name }) => phaseOf(record, name) === 'deploy');
  const deploy = deploying.find(({ name }) => name === 'deploy');
  return deploy === undefined ? !deploying.some(mayHaveEffects) : !mayHaveEffects(deploy);
}

/** Ends a promotion of a bad release before it does anything more; what it has changed already is taken back. */
export function refuseBadRelease(draft: Draft, release: Release, now: Date): void {
  const { record } = draft;
  const next = record.steps.find(
    ({ name, status }) => status !== 'done' && status !== 'skipped' && phaseOf(record, name) !== 'restoration',
  );
  if (next === undefined) throw new Error(`${record.id} has no step left that ${release.name} could be refused at`);
  const error = errorOf(record, release);
  const hasChanged = mayHaveChangedTarget(record);
  // A step that never began stays as it is: marked as failed, it would count as one that may have done something.
  if (next.status !== 'pending') draft.failStep(next.name, engineActor, error);
  draft.fail(next.name, engineActor, error, true);
  if (!hasChanged) {
    if (record.state === 'VALIDATING_CONDITIONS' || record.state === 'VALIDATION_RUNNING') {
      draft.moveTo('VALIDATION_FAILED', engineActor);
    }
    const { message, severity } = error;
    draft.announce('validation.failed', { step: next.name, error: message, severity, gates: [] });
    return;
  }
  const isTakenBack = takesBack(record.definition.rollback, error);
  // In the line it is already; elsewhere it has failed half-way.
  if (record.state !== 'QUEUED' || !isTakenBack) draft.moveTo('PROMOTION_FAILED', engineActor);
  if (!isTakenBack) return;
  draft.requestRollback(
    { trigger: 'automatic', reason: error.message, requestedBy: engineActor.id, at: now, acceptsDataLoss: false },
    engineActor,
  );
}

/** Why a release is not promoted, in words. */
export function badReleaseText({ name, bad }: Pick<Release, 'name' | 'bad'>): string {
  return `${name} is marked bad by ${bad?.by ?? 'somebody'}: ${bad?.reason ?? 'no reason given'}`;
}

function errorOf({ id, application }: PromotionRecord, release: Release): ErrorReport {
  return {
    category: 'VALIDATION',
    severity: 'CRITICAL',
    isRetryable: false,
    message: badReleaseText(release),
    code: badReleaseCode,
    remedy: `Make a new release. If it is not bad after all: promote release mark-bad ${application} ${release.name} --undo --reason "<why>", then promote retry ${id}.`,
    triggers: ['deployment-failure'],
  };
}
