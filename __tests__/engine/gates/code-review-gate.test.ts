import type { EvidenceFact } from '../../../engine/evidence/evidence.ts';
import { sampleRelease } from '../workflow/sample-promotion.ts';
import { evidence, judged, secondsAgo, verdict } from './gate-fixture.ts';

const review = (change: string, ...approvedBy: string[]): EvidenceFact => ({ kind: 'code-review', change, approvedBy });
const two = { minimumApprovals: 2 };

describe('code review', () => {
  it('needs as many people as the rule says, each counted once', async () => {
    expect(await verdict('codeReview', two, { evidence: [evidence(review('#1', 'ben', 'cleo'))] })).toBe('pass');
    expect(await judged('codeReview', two, { evidence: [evidence(review('#1', 'ben', ' Ben '))] })).toMatchObject({
      verdict: 'fail',
      detail: '#1 has 1 of 2 approvals by others than its authors',
    });
    expect(await verdict('codeReview', two, { evidence: [evidence(review('#1'))] })).toBe('fail');
    expect(await verdict('codeReview', two, { evidence: [evidence(review('#1', '', ' '))] })).toBe('fail');
  });

  it('does not count whoever wrote the change', async () => {
    const source = { repository: 'r', commit: 'abcdef1', authors: ['Ana@shop.example'] };
    const release = { ...sampleRelease, content: { ...sampleRelease.content, source } };
    const own = [evidence(review('#1', 'ana@shop.example', 'ben@shop.example'))];
    expect(await verdict('codeReview', two, { release, evidence: own })).toBe('fail');
    expect(await verdict('codeReview', { minimumApprovals: 1 }, { release, evidence: own })).toBe('pass');
  });

  it('is asked of every change, as it is now', async () => {
    const changes = [evidence(review('#1', 'ben', 'cleo')), evidence(review('#2', 'ben'))];
    expect(await verdict('codeReview', two, { evidence: changes })).toBe('fail');
    const approved = [...changes, evidence(review('#2', 'ben', 'cleo'), secondsAgo(-1))];
    expect(await verdict('codeReview', two, { evidence: approved })).toBe('pass');
    const withdrawn = [...approved, evidence(review('#1', 'ben'), secondsAgo(-2))];
    expect(await verdict('codeReview', two, { evidence: withdrawn })).toBe('fail');
  });

  it('fails while somebody asks for changes, and while the rules of the forge are not met', async () => {
    const one = { minimumApprovals: 1 };
    const approved = { kind: 'code-review' as const, change: '#1', approvedBy: ['ben'] };
    const against = evidence({ ...approved, changesRequestedBy: ['dora'] });
    expect(await judged('codeReview', one, { evidence: [against] })).toMatchObject({
      verdict: 'fail',
      detail: '#1 must change first, say dora',
    });
    const waiting = evidence({ ...approved, decision: 'review-required' });
    expect(await verdict('codeReview', one, { evidence: [waiting] })).toBe('fail');
    const settled = evidence({ ...approved, changesRequestedBy: [], decision: 'approved' });
    expect(await verdict('codeReview', one, { evidence: [settled] })).toBe('pass');
  });
});
