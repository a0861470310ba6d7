import { DatabaseFunctionError } from '../../../engine/database/database-function-error.ts';
import { PlatformAwayError } from '../../../engine/deployment/local/local-deployment-target.ts';
import { classifyError } from '../../../engine/workflow/errors/classify-error.ts';
import type { GateAnswer } from '../../../engine/plan/plan.ts';
import type { ErrorReport } from '../../../engine/workflow/error-report.ts';
import { Draft } from '../../../engine/workflow/draft.ts';
import { settleCompensation, settleStep } from '../../../engine/workflow/settle-step.ts';
import type { Definition } from '../../../engine/workflow/definition.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import { moment, sampleDefinition, samplePromotion, sampleStep } from './sample-promotion.ts';

const steps = [
  sampleStep({ name: 'check', phase: 'conditions' }),
  sampleStep({ name: 'copy', phase: 'move', compensate: async () => ({ kind: 'done', summary: '', output: {} }) }),
  ...['mail', 'chat', 'wiki'].map((name) => sampleStep({ name, phase: 'move', isOptional: true })),
];
const error = (more: Partial<ErrorReport> = {}): ErrorReport => ({
  category: 'NETWORK',
  severity: 'HIGH',
  isRetryable: true,
  message: 'connection refused',
  code: 'ECONNREFUSED',
  remedy: 'Start it.',
  ...more,
});
const at = { now: moment, random: 0 };

function draftOf(definition: Partial<Definition> = {}, more: Partial<PromotionRecord> = {}): Draft {
  const promotion = samplePromotion(sampleDefinition(steps, definition), { state: 'PROMOTION_RUNNING', ...more });
  return new Draft(promotion, moment, 1);
}

function fails(draft: Draft, step: string, failure: ErrorReport, checks?: readonly GateAnswer[]): void {
  draft.startStep(step, { id: 'x', verified: true, roles: [], via: 'engine' });
  const requirementsNotMet = checks !== undefined;
  settleStep(draft, step, { kind: 'error', error: failure, requirementsNotMet, ...(checks && { checks }) }, at);
}

const announced = (draft: Draft) => draft.toTransition(1).outbox.map(({ type, body }) => [type, body] as const);

describe('an error of a step', () => {
  it('that is CRITICAL fails at once, even where its category may be tried again', () => {
    const retry = { ...sampleDefinition([]).retry, byCategory: { VALIDATION: { maximumAttempts: 9 } } };
    const draft = draftOf({ retry });
    fails(draft, 'copy', error({ category: 'VALIDATION', severity: 'CRITICAL', isRetryable: false }));
    expect(draft.record).toMatchObject({ state: 'PROMOTION_FAILED', failure: { step: 'copy' } });
  });

  it('that is HIGH is tried again, and somebody is told once', () => {
    const draft = draftOf();
    fails(draft, 'copy', error());
    fails(draft, 'copy', error());
    expect(draft.step('copy')).toMatchObject({ status: 'retrying', attempt: 2 });
    const alerts = announced(draft).filter(([type]) => type === 'step.retrying');
    expect(alerts).toMatchObject([['step.retrying', { step: 'copy', severity: 'HIGH', category: 'NETWORK' }]]);
  });

  it.each([
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('lock not available'), { severity: 'ERROR', code: '55P03' }),
    new PlatformAwayError(),
    new DatabaseFunctionError('another migration runs', { status: 503, code: 'database-busy' }),
  ])('does not promise that it is tried again once it is not: %s', (cause) => {
    const draft = draftOf({ retry: { ...sampleDefinition([]).retry, maximumAttempts: 2 } });
    const report = { ...classifyError(cause), isRetryable: true };
    fails(draft, 'copy', report);
    expect(draft.record.parked?.detail).toContain('copy is tried again');
    fails(draft, 'copy', report);
    const { message = '', remedy = '' } = draft.record.failure?.error ?? {};
    expect(remedy).not.toBe('');
    expect(`${message} ${remedy}`).not.toMatch(/tried again/i);
  });

  it('is tried as often, and as late, as the rules say of its category', () => {
    const retry = {
      ...sampleDefinition([]).retry,
      initialDelaySeconds: 5,
      byCategory: { NETWORK: { maximumAttempts: 2, initialDelaySeconds: 40 }, TIMEOUT: { maximumAttempts: 1 } },
    };
    const network = draftOf({ retry });
    fails(network, 'copy', error());
    expect(network.record.parked?.until).toEqual(new Date(moment.getTime() + 40_000));
    fails(network, 'copy', error());
    expect(network.step('copy').status).toBe('failed');
    const timeout = draftOf({ retry });
    fails(timeout, 'copy', error({ category: 'TIMEOUT' }));
    expect(timeout.step('copy').status).toBe('failed');
    const docker = draftOf({ retry });
    fails(docker, 'copy', error({ category: 'DOCKER' }));
    expect(docker.record.parked?.until).toEqual(new Date(moment.getTime() + 5_000));
  });

  it.each(['MEDIUM', 'LOW'] as const)(
    'that is %s is passed over where the step is optional, and nowhere else',
    (severity) => {
      const optional = draftOf();
      fails(optional, 'mail', error({ severity }));
      expect(optional.step('mail').status).toBe('skipped');
      const needed = draftOf();
      fails(needed, 'copy', error({ severity, isRetryable: false }));
      expect(needed.record.state).toBe('PROMOTION_FAILED');
    },
  );

  it('is passed over only so often as the rules allow for its severity', () => {
    const draft = draftOf({ errorLimits: { medium: 1 } });
    fails(draft, 'mail', error({ severity: 'MEDIUM' }));
    fails(draft, 'chat', error({ severity: 'LOW' }));
    expect(draft.record.failure).toBeUndefined();
    fails(draft, 'wiki', error({ severity: 'MEDIUM' }));
    expect(draft.step('wiki').status).toBe('failed');
    expect(draft.record).toMatchObject({
      state: 'PROMOTION_FAILED',
      failure: {
        step: 'wiki',
        error: {
          message: 'connection refused (the rules let the promotion go on after 1 MEDIUM error, and this is one more)',
        },
      },
    });
    const never = draftOf({ errorLimits: { low: 0 } });
    fails(never, 'mail', error({ severity: 'LOW' }));
    expect(never.record.state).toBe('PROMOTION_FAILED');
  });

  it('keeps what was measured until then with the step that failed', () => {
    const draft = draftOf();
    draft.startStep('copy', { id: 'x', verified: true, roles: [], via: 'engine' });
    const failure = error({ category: 'VALIDATION', severity: 'CRITICAL', isRetryable: false });
    const outcome = {
      kind: 'error',
      error: failure,
      requirementsNotMet: false,
      measured: { readings: [1, 2] },
    } as const;
    settleStep(draft, 'copy', outcome, at);
    expect(draft.step('copy').output).toEqual({ readings: [1, 2] });
  });

  it('keeps everything that was judged with the step that failed, and names what failed', () => {
    const draft = draftOf({}, { state: 'VALIDATING_CONDITIONS' });
    const checks = [
      { gate: 'tests', verdict: 'pass', detail: '12 of 12', evidence: ['e-1'] },
      { gate: 'coverage', verdict: 'fail', detail: '10 % < 80 %', evidence: [] },
    ] as const;
    fails(draft, 'check', error({ category: 'VALIDATION', severity: 'CRITICAL', isRetryable: false }), checks);
    expect(draft.step('check').output).toEqual({ gates: checks });
    const entry = draft.toTransition(1).events.find(({ type }) => type === 'step-failed');
    expect(entry?.data).toMatchObject({ step: 'check', failedChecks: ['coverage'], error: { remedy: 'Start it.' } });
    expect(announced(draft)).toMatchObject([['validation.failed', { step: 'check', gates: ['coverage'] }]]);
  });

  it('while it is undone is tried twice as often, and somebody is told', () => {
    const rollback = {
      trigger: 'manual',
      reason: 'bad',
      requestedBy: 'ana',
      at: moment,
      acceptsDataLoss: false,
    } as const;
    const draft = draftOf({}, { state: 'ROLLING_BACK', rollback });
    const engine = { id: 'x', verified: true, roles: [], via: 'engine' } as const;
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      expect(draft.record.state).toBe('ROLLING_BACK');
      draft.startCompensation('copy', engine);
      settleCompensation(draft, 'copy', { kind: 'error', error: error(), requirementsNotMet: false }, at);
    }
    expect(draft.record.state).toBe('ROLLBACK_FAILED');
    expect(announced(draft).map(([type]) => type)).toEqual(['step.retrying', 'rollback.failed']);
  });
});
