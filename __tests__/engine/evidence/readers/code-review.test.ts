import { factOf, refusal } from '../reading.ts';

const review = (login: string, state: string, minute: number) => ({
  id: `R_${login}`,
  author: { login },
  authorAssociation: 'MEMBER',
  body: 'looks good',
  submittedAt: `2026-11-20T10:${String(minute).padStart(2, '0')}:00Z`,
  state,
});
const change = (reviews: readonly object[], more: object = {}) => ({
  number: 128,
  url: 'https://github.com/shop/shop/pull/128',
  author: { login: 'ana', name: 'Ana' },
  reviewDecision: 'APPROVED',
  reviews,
  ...more,
});

describe('a code review of gh pr view', () => {
  it('is approved by those whose last opinion is an approval', async () => {
    const reviews = [
      review('ben', 'CHANGES_REQUESTED', 1),
      review('ben', 'APPROVED', 5),
      review('ben', 'COMMENTED', 6),
      review('dora', 'CHANGES_REQUESTED', 8),
      review('cleo', 'DISMISSED', 4),
      review('eve', 'PENDING', 4),
      review('cleo', 'APPROVED', 3),
      review('dora', 'APPROVED', 7),
    ];
    expect(await factOf('code-review', change(reviews))).toEqual({
      kind: 'code-review',
      change: 'https://github.com/shop/shop/pull/128',
      approvedBy: ['ben'],
      changesRequestedBy: ['dora'],
      decision: 'approved',
    });
  });

  it('never counts the author', async () => {
    expect(await factOf('code-review', change([review('ana', 'APPROVED', 1)]))).toMatchObject({ approvedBy: [] });
  });

  it('reads the latest reviews where all of them were not asked for, and does without a decision', async () => {
    const latest = change([], {
      reviews: undefined,
      latestReviews: [review('ben', 'APPROVED', 1)],
      reviewDecision: '',
    });
    const fact = await factOf('code-review', { ...latest, url: undefined });
    expect(fact).toEqual({ kind: 'code-review', change: '#128', approvedBy: ['ben'], changesRequestedBy: [] });
  });

  it.each([
    [{ number: 1, reviewDecision: 'APPROVED' }, /\$: names no reviews/],
    [{ reviews: [] }, /\$: names no change/],
    [change([{ author: { login: 'ben' } }]), /\$\.reviews\[0\]\.state/],
    [change([review('ben', 'LOVED', 1)]), /"LOVED" is no state of a review/],
    [change([], { reviewDecision: 'MAYBE' }), /reviewDecision: is no decision of GitHub/],
    [[change([])], /\$: must be an object and is a list/],
  ])('is refused: %j', async (content, reason) => {
    expect(await refusal(content, { format: 'code-review' })).toMatch(reason);
  });
});
