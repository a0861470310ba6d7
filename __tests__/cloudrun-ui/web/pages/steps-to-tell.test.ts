import { stepsToTell, summaryOf } from '../../../../cloudrun-ui/web/src/pages/promotion/steps-to-tell.ts';
import type { Step } from '../../../../cloudrun-ui/web/src/api/queries.ts';

const step = (name: string, status: Step['status']) => ({ name, status }) as Step;
const names = (steps: readonly Step[]) => steps.map(({ name }) => name);

describe('the steps that a page shows', () => {
  const steps = [step('await-window', 'done'), step('confirm-window', 'done'), step('verify-rollback', 'pending')];

  it('are all that are still to come while it is under way', () => {
    expect(names(stepsToTell({ steps, endedAt: null }))).toEqual(['await-window', 'verify-rollback']);
  });

  it('are those that it came to once it has ended', () => {
    expect(names(stepsToTell({ steps, endedAt: '2030-01-01T00:00:00Z' }))).toEqual(['await-window']);
  });

  it('have the look again among them when it was not in vain', () => {
    expect(names(stepsToTell({ steps: [step('confirm-window', 'parked')], endedAt: null }))).toEqual([
      'confirm-window',
    ]);
  });

  it('say what they came to without what that rests on, and events in words', () => {
    expect(summaryOf({ name: 'validate-conditions', summary: '9 gates passed   tests 74/74' })).toBe('9 gates passed');
    expect(summaryOf({ name: 'notify', summary: 'promotion.finished' })).toBe('promotion finished');
    expect(summaryOf({ name: 'deploy', summary: null })).toBeUndefined();
  });
});
