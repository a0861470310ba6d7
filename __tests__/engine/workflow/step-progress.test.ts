import { sampleStep } from '../../../scripts/sample-promotion.ts';
import { begun } from '../../../engine/workflow/step-progress.ts';

const early = new Date('2026-11-26T20:00:00.000Z');
const late = new Date('2026-11-26T20:01:00.000Z');

describe('a step that begins', () => {
  it('does not bill the time in which nobody worked to a step that a run died in', () => {
    const cutOff = sampleStep('await-approval', { status: 'running', attempt: 1, startedAt: early });
    expect(begun(cutOff, late, true)).toMatchObject({ attempt: 2, startedAt: late });
  });

  it('keeps the beginning of a deployment, from which on what was served is judged', () => {
    const cutOff = sampleStep('deploy', { status: 'running', attempt: 1, startedAt: early });
    expect(begun(cutOff, late, false)).toMatchObject({ attempt: 2, startedAt: early });
  });

  it.each(['parked', 'retrying'] as const)('goes on from where it began when it was %s', (status) => {
    const before = sampleStep('back-up', { status, attempt: 1, startedAt: early });
    expect(begun(before, late, true).startedAt).toEqual(early);
  });
});
