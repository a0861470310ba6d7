import {
  failuresOf,
  isWaitingStep,
  stepsToTell,
  summaryOf,
  timesOf,
} from '../../../../cloudrun-ui/web/src/pages/promotion/steps-to-tell.ts';
import type { Report } from '../../../../cloudrun-ui/web/src/pages/promotion/promotion-queries.ts';
import type { Promotion, Step } from '../../../../cloudrun-ui/web/src/api/queries.ts';

const step = (name: string, status: Step['status']) => ({ name, status }) as Step;
const names = (steps: readonly Step[]) => steps.map(({ name }) => name);

describe('the steps that a page shows', () => {
  const steps = [
    step('await-window', 'done'),
    step('confirm-window', 'done'),
    step('deploy', 'pending'),
    step('verify-rollback', 'pending'),
  ];
  const rollback = { trigger: 'manual' } as Promotion['rollback'];

  it('are all that are still to come while it is under way, without what comes only when it is taken back', () => {
    expect(names(stepsToTell({ steps, endedAt: null, rollback: null }))).toEqual(['await-window', 'deploy']);
    expect(names(stepsToTell({ steps, endedAt: null, rollback }))).toEqual([
      'await-window',
      'deploy',
      'verify-rollback',
    ]);
  });

  it('are those that it came to once it has ended', () => {
    expect(names(stepsToTell({ steps, endedAt: '2030-01-01T00:00:00Z', rollback }))).toEqual(['await-window']);
  });

  it('have the look again among them when it was not in vain', () => {
    const looksAgain = [step('confirm-window', 'parked')];
    expect(names(stepsToTell({ steps: looksAgain, endedAt: null, rollback: null }))).toEqual(['confirm-window']);
  });

  it('say what they came to without what that rests on, and events in words', () => {
    expect(summaryOf({ name: 'validate-conditions', summary: '9 gates passed   tests 74/74' })).toBe('9 gates passed');
    expect(summaryOf({ name: 'notify', summary: 'promotion.finished' })).toBe('promotion finished');
    expect(summaryOf({ name: 'deploy', summary: null })).toBeUndefined();
  });
});

describe('a step', () => {
  const failure = (of: string, then: string, mode = 'run') => ({ step: of, then, mode }) as Report['errors'][number];

  it('waits when it is parked or to be tried again, or its undoing is', () => {
    expect(isWaitingStep({ status: 'parked', undo: null })).toBe(true);
    expect(isWaitingStep({ status: 'done', undo: null })).toBe(false);
    expect(isWaitingStep({ status: 'done', undo: { status: 'retrying' } as Step['undo'] })).toBe(true);
    expect(isWaitingStep({ status: 'parked', undo: { status: 'done' } as Step['undo'] })).toBe(false);
  });

  it('tells its attempts that did not work out, but for the one that the promotion failed of', () => {
    const errors = [
      failure('deploy', 'tried again'),
      failure('deploy', 'gave up'),
      failure('deploy', 'gave up', 'undo'),
      failure('verify', 'tried again'),
    ];
    expect(failuresOf({ name: 'deploy', status: 'failed' }, errors)).toEqual([errors[0], errors[2]]);
    expect(failuresOf({ name: 'deploy', status: 'done' }, errors)).toEqual(errors.slice(0, 3));
  });

  it('took what it did not wait', () => {
    const ended = { startedAt: '2030-01-01T00:00:00Z', finishedAt: '2030-01-01T00:00:10Z' };
    expect(timesOf(ended, undefined)).toEqual({ tookMs: 10_000, waitedMs: 0 });
    expect(timesOf(ended, { tookMs: 10_000, waitedMs: 7000 })).toEqual({ tookMs: 3000, waitedMs: 7000 });
    expect(timesOf({ ...ended, finishedAt: null }, { tookMs: null, waitedMs: 7000 })).toEqual({
      tookMs: undefined,
      waitedMs: 7000,
    });
  });
});
