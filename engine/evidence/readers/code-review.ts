import { z } from 'zod';
import { EvidenceError } from '../evidence-error.ts';
import type { EvidenceFact } from '../evidence.ts';
import { array, object, parseAt, scalar } from '../json-shape.ts';
import { readJson } from '../read-json.ts';
import type { ReportReader } from '../report-reader.ts';

const text = z.string().max(1000);
const personSchema = z.object({ login: text }).nullish();
const reviewSchema = z.object({ author: personSchema, state: text, submittedAt: text.nullish() });
type Review = z.infer<typeof reviewSchema>;
const changeSchema = z.object({
  number: z.int().positive().nullish(),
  url: text.nullish(),
  author: personSchema,
  reviewDecision: z
    .enum(['APPROVED', 'CHANGES_REQUESTED', 'REVIEW_REQUIRED', ''], { error: 'is no decision of GitHub' })
    .nullish(),
  reviews: z.array(reviewSchema).nullish(),
  latestReviews: z.array(reviewSchema).nullish(),
});

const person = object({ login: scalar });
const review = object({ author: person, state: scalar, submittedAt: scalar });

/**
 * `gh pr view --json number,url,author,reviews,reviewDecision`. Of each reviewer the last approval or request for
 * changes counts; comments change nothing, a dismissed review says nothing, and authors do not review themselves.
 */
export const readCodeReview: ReportReader = async (source, { limits }) => {
  const shape = object({
    number: scalar,
    url: scalar,
    author: person,
    reviewDecision: scalar,
    reviews: array(review),
    latestReviews: array(review),
  });
  const change = parseAt(changeSchema, await readJson(source, shape, limits), '$');
  // The latest reviews name one a person, which may be a comment behind an approval; so all of them are better.
  const reviews = change.reviews ?? change.latestReviews;
  if (reviews === null || reviews === undefined) {
    throw new EvidenceError(
      'names no reviews; ask gh pr view --json for number,url,author,reviews,reviewDecision',
      '$',
    );
  }
  const name = change.url ?? (typeof change.number === 'number' ? `#${String(change.number)}` : undefined);
  if (name === undefined) throw new EvidenceError('names no change; ask gh for its number or url', '$');
  const opinions = lastOpinions(reviews, change.author?.login);
  const holders = (state: string): string[] =>
    [...opinions].filter(([, each]) => each === state).map(([login]) => login);
  const fact: EvidenceFact = {
    kind: 'code-review',
    change: name,
    approvedBy: holders('APPROVED'),
    changesRequestedBy: holders('CHANGES_REQUESTED'),
    ...(change.reviewDecision ? { decision: decisions[change.reviewDecision] } : {}),
  };
  return { facts: [fact], collectedAt: undefined };
};

const decisions = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  REVIEW_REQUIRED: 'review-required',
} as const;

function lastOpinions(reviews: readonly Review[], author: string | undefined): ReadonlyMap<string, string> {
  const inOrder = reviews.toSorted((one, other) => (one.submittedAt ?? '').localeCompare(other.submittedAt ?? ''));
  const opinions = new Map<string, string>();
  for (const { author: reviewer, state } of inOrder) {
    if (reviewer === null || reviewer === undefined || reviewer.login === '' || reviewer.login === author) continue;
    switch (state) {
      case 'APPROVED':
      case 'CHANGES_REQUESTED':
        opinions.set(reviewer.login, state);
        break;
      case 'DISMISSED':
        opinions.delete(reviewer.login);
        break;
      case 'COMMENTED':
      case 'PENDING':
        break;
      default:
        throw new EvidenceError(`"${state.slice(0, 40)}" is no state of a review`, '$.reviews');
    }
  }
  return opinions;
}
