import fc from 'fast-check';
import { ProgressTracker } from '../../../cli/progress/progress-tracker.ts';
import { TextReporter } from '../../../cli/progress/text-reporter.ts';
import type { PromotionRecord, StepRecord } from '../../../engine/promotion-service.ts';
import { silentContext } from '../support/silent-context.ts';
import {
  afterStart,
  doneStep,
  samplePromotion,
  sampleRelease,
  sampleStep,
  sampleSteps,
} from '../../../scripts/sample-promotion.ts';

const running = (steps: readonly StepRecord[], changes: Partial<PromotionRecord> = {}): PromotionRecord =>
  samplePromotion({ state: 'PROMOTION_RUNNING', endedAt: undefined, steps, ...changes });

describe('what is new about a promotion', () => {
  it('is told once, however the looks fall', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(sampleSteps.length), { maxLength: 20 }), (looks) => {
        const tracker = new ProgressTracker();
        const told: string[] = [];
        for (const count of [...looks.toSorted((a, b) => a - b), sampleSteps.length]) {
          for (const event of tracker.next(running(sampleSteps.slice(0, count))))
            if (event.kind === 'step') told.push(event.step.name);
        }
        return JSON.stringify(told) === JSON.stringify(sampleSteps.map(({ name }) => name));
      }),
    );
  });

  it('is told again when a step runs again', () => {
    const tracker = new ProgressTracker();
    tracker.next(running([doneStep('validate-conditions', 0, 1, 'passed')]));
    expect(tracker.next(running([sampleStep('validate-conditions')]))).toEqual([
      { kind: 'steps-again', steps: ['validate-conditions'] },
    ]);
    expect(tracker.next(running([doneStep('validate-conditions', 5, 6, 'passed')]))).toHaveLength(1);
  });

  it('is every attempt that is tried again', () => {
    const tracker = new ProgressTracker();
    const error = {
      category: 'NETWORK',
      severity: 'MEDIUM',
      isRetryable: true,
      message: 'x',
      code: undefined,
      remedy: '',
    } as const;
    const kinds = [1, 1, 2].map(
      (attempt) => tracker.next(running([sampleStep('deploy', { status: 'retrying', attempt, error })])).length,
    );
    expect(kinds).toEqual([1, 0, 1]);
  });

  it('of a promotion that takes another back is not what that one did', () => {
    const rollback = {
      trigger: 'manual',
      reason: 'x',
      requestedBy: 'ana',
      at: afterStart(50),
      acceptsDataLoss: false,
    } as const;
    const own = doneStep('verify-rollback', 51, 52, 'healthy');
    const changes = { kind: 'rollback', state: 'ROLLING_BACK', rollback, createdAt: afterStart(50) } as const;
    const events = new ProgressTracker().next(running([...sampleSteps, own], changes));
    expect(events.map((event) => (event.kind === 'step' ? event.step.name : event.kind))).toEqual([
      'taking-back',
      'verify-rollback',
    ]);
  });

  it('cannot control the terminal, whatever steps and people wrote', () => {
    const hostile = fc.string({ unit: fc.constantFrom('\u001b[2J', '\u009b', '\r', '\n', '\u202e', 'a', ' ', '   ') });
    fc.assert(
      fc.property(hostile, hostile, (text, other) => {
        let out = '';
        const reporter = new TextReporter(
          silentContext((more) => (out += more)),
          'promote',
        );
        const error = {
          category: 'UNKNOWN',
          severity: 'HIGH',
          isRetryable: false,
          message: text,
          code: other,
          remedy: other,
        } as const;
        const failed = sampleStep(other, { status: 'failed', attempt: 1, error });
        const compensation = { status: 'failed', attempt: 1, summary: text, checkpoint: undefined, error } as const;
        const promotion = running(
          [doneStep('deploy', 0, 1, text), failed, sampleStep('verify', { status: 'done', compensation })],
          {
            state: 'ROLLBACK_FAILED',
            id: other,
            application: text,
            toEnvironment: other,
            rollback: {
              trigger: 'manual',
              reason: text,
              requestedBy: other,
              at: afterStart(0),
              acceptsDataLoss: false,
            },
            failure: { step: other, error, requirementsNotMet: false },
            parked: { reason: 'manual', detail: text, since: afterStart(0), until: undefined },
          },
        );
        const view = {
          promotion,
          release: { ...sampleRelease(), name: text, bad: { since: afterStart(0), reason: other, by: text } },
          votes: [],
          plan: undefined,
        };
        reporter.begin(view);
        for (const event of new ProgressTracker().next(promotion)) reporter.tell(event);
        reporter.trouble(text, undefined);
        reporter.wait(view, 4);
        reporter.end(view, 1);
        return !/[\p{Cc}\p{Cf}]/u.test(out.replaceAll('\n', ''));
      }),
    );
  });
});
