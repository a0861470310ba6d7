import { DeploymentFailedError, VerificationFailedError } from '../../../engine/deployment/deployment-failed-error.ts';
import { rollbackTriggers } from '../../../engine/rules/requirement-schema.ts';
import { Draft } from '../../../engine/workflow/draft.ts';
import { classifyError } from '../../../engine/workflow/errors/classify-error.ts';
import type { RollbackPolicy } from '../../../engine/workflow/definition.ts';
import { triggersOf } from '../../../engine/workflow/rollback-triggers.ts';
import { settleStep } from '../../../engine/workflow/settle-step.ts';
import { moment, sampleDefinition, samplePromotion, sampleStep } from './sample-promotion.ts';

const step = sampleStep({
  name: 'verify',
  phase: 'deploy',
  compensate: async () => ({ kind: 'done', summary: '', output: {} }),
});

/** A promotion whose verification fails with this. */
function after(cause: Error, rollback: Partial<RollbackPolicy>): Draft {
  const definition = sampleDefinition([step], { rollback: { isEnabled: true, timeoutSeconds: 300, ...rollback } });
  const draft = new Draft(samplePromotion(definition, { state: 'TRIGGERING_DEPLOYMENT', holdsSlot: true }), moment, 1);
  draft.startStep('verify', { id: 'x', verified: true, roles: [], via: 'engine' });
  const error = { ...classifyError(cause), triggers: triggersOf(cause) };
  settleStep(draft, 'verify', { kind: 'error', error, requirementsNotMet: false }, { now: moment, random: 0 });
  return draft;
}

describe.each(rollbackTriggers)('the rollback trigger %s', (trigger) => {
  const cause =
    trigger === 'deployment-failure'
      ? new DeploymentFailedError('it ends with code 1')
      : new VerificationFailedError('it is not well', [trigger]);

  it('takes the release back where the rules name it', () => {
    const { record } = after(cause, { triggers: [trigger] });
    expect(record).toMatchObject({ state: 'PROMOTION_FAILED', rollback: { trigger: 'automatic' } });
  });

  it('fails the promotion and leaves the release where it is when the rules leave it out', () => {
    const { record } = after(cause, { triggers: rollbackTriggers.filter((each) => each !== trigger) });
    expect(record).toMatchObject({ state: 'PROMOTION_FAILED', failure: { step: 'verify' }, rollback: undefined });
  });
});

it('one of several reasons is enough', () => {
  const cause = new VerificationFailedError('silent', ['health-check-failure', 'critical-service-unresponsive']);
  expect(after(cause, { triggers: ['critical-service-unresponsive'] }).record.rollback).toBeDefined();
  expect(after(cause, { triggers: ['smoke-test-failure'] }).record.rollback).toBeUndefined();
});

it('no reason takes a release back where rollback is off, and each does where an older engine stored no choice', () => {
  const cause = new VerificationFailedError('it is not well', ['slo-violation']);
  expect(after(cause, { isEnabled: false, triggers: ['slo-violation'] }).record.rollback).toBeUndefined();
  expect(after(cause, {}).record.rollback).toBeDefined();
});
