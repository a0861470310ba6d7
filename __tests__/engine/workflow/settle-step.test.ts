import { Draft } from '../../../engine/workflow/draft.ts';
import { settleStep } from '../../../engine/workflow/settle-step.ts';
import type { StepResult } from '../../../engine/workflow/step-definition.ts';
import { moment, sampleDefinition, samplePromotion, sampleStep } from './sample-promotion.ts';

const definition = sampleDefinition([
  sampleStep({ name: 'await-approval', phase: 'approval' }),
  sampleStep({ name: 'migrate-database', phase: 'move' }),
  sampleStep({ name: 'promote-artifacts', phase: 'move' }),
  sampleStep({ name: 'report', phase: 'report' }),
]);
const draftOf = (state: Parameters<typeof samplePromotion>[1] = { state: 'PENDING_APPROVAL' }) =>
  new Draft(samplePromotion(definition, state), moment, 1);

function answers(draft: Draft, step: string, result: StepResult): void {
  draft.startStep(step, { id: 'x', verified: true, roles: [], via: 'engine' });
  settleStep(draft, step, { kind: 'result', result }, { now: moment, random: 0 });
}

const told = (draft: Draft) => draft.toTransition(1).outbox.map(({ type, body }) => [type, body] as const);

describe('what a step answers', () => {
  it('tells people that an approval is needed, of whom, and once however often it is looked at', () => {
    const until = new Date(moment.getTime() + 3_600_000);
    const detail = '0 of 1 approval of stage SRE (ben, role sre)';
    let draft = draftOf();
    const messages = new Map<string, unknown>();
    for (let look = 0; look < 3; look += 1) {
      answers(draft, 'await-approval', { kind: 'park', reason: 'approval', detail, until, checkpoint: {} });
      // Whoever delivers tells nobody the same id twice.
      for (const { eventId, type, body } of draft.toTransition(1).outbox) messages.set(eventId, [type, body]);
      draft = new Draft(draft.record, moment, 1);
    }
    expect([...messages.values()]).toMatchObject([['approval.needed', { detail, application: 'shop', to: 'staging' }]]);
  });

  it.each([
    ['REJECTED', 'ben rejected it: not on a Friday'],
    ['EXPIRED', 'stage SRE was not complete within 1 h'],
  ] as const)('tells people when it ends because somebody refused or nobody decided in time: %s', (state, reason) => {
    const draft = draftOf();
    answers(draft, 'await-approval', { kind: 'end', state, reason });
    const expired = state === 'EXPIRED' ? [['approval.expired', { reason }]] : [];
    expect(told(draft)).toMatchObject([...expired, ['promotion.ended', { state, reason }]]);
    expect(draft.record).toMatchObject({ state, holdsSlot: false });
  });

  it('tells people when the images are in place and when the report is ready', () => {
    const done = (summary: string): StepResult => ({ kind: 'done', summary, output: {} });
    const moving = draftOf({ state: 'PROMOTION_RUNNING' });
    answers(moving, 'promote-artifacts', done('3 images by digest'));
    expect(told(moving)).toMatchObject([['artifacts.promoted', { summary: '3 images by digest' }]]);
    const ending = draftOf({ state: 'GENERATING_REPORTS' });
    answers(ending, 'report', done('reports-pr-1/report.md'));
    expect(told(ending)).toMatchObject([['report.ready', { location: 'reports-pr-1/report.md' }]]);
  });

  it('tells how many migrations ran and for how long, and nothing of a schema that stays as it is', () => {
    const done = (applied: readonly number[]): StepResult => ({ kind: 'done', summary: 'ok', output: { applied } });
    const still = draftOf({ state: 'PROMOTION_RUNNING' });
    answers(still, 'migrate-database', done([]));
    expect(told(still)).toEqual([]);
    const begun = draftOf({ state: 'PROMOTION_RUNNING' });
    begun.startStep('migrate-database', { id: 'x', verified: true, roles: [], via: 'engine' });
    const later = new Draft(begun.record, new Date(moment.getTime() + 42_000), 1);
    settleStep(later, 'migrate-database', { kind: 'result', result: done([4, 5]) }, { now: moment, random: 0 });
    expect(told(later)).toMatchObject([
      ['database.migrated', { summary: 'ok', migrations: 2, durationSeconds: 42, application: 'shop' }],
    ]);
  });
});
