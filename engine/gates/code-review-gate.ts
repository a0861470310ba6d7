import { z } from 'zod';
import { defineGate } from './gate.ts';
import { newestOfEach } from './newest-of-each.ts';
import { counted } from '../wording/counted.ts';

/**
 * Every change of the release was approved by enough people, each counted once and its authors not at all; nobody's
 * last word was that it must change first, and the forge's own rules are met where it says so.
 */
export const codeReviewGate = defineGate({
  name: 'codeReview',
  configSchema: z.object({ minimumApprovals: z.number() }),
  async evaluate(context) {
    const { minimumApprovals } = context.config;
    const reviews = newestOfEach(context, 'code-review', ({ change }) => change);
    if (!reviews.found) return { kind: 'missing', detail: `no usable code review: ${reviews.why}` };
    const authors = new Set((context.release.content.source?.authors ?? []).map(comparable));
    const lacking = reviews.facts.flatMap(({ fact: { change, approvedBy, changesRequestedBy = [], decision } }) => {
      if (changesRequestedBy.length > 0) return [`${change} must change first, say ${changesRequestedBy.join(', ')}`];
      if (decision !== undefined && decision !== 'approved') return [`${change} is not approved by the forge's rules`];
      const people = new Set(approvedBy.map(comparable).filter((person) => person !== '' && !authors.has(person)));
      if (people.size >= minimumApprovals) return [];
      return [
        `${change} has ${String(people.size)} of ${counted(minimumApprovals, 'approval')} by others than its authors`,
      ];
    });
    const evidence = reviews.facts.map(({ id }) => id);
    return lacking.length > 0
      ? { kind: 'fail', detail: lacking.join(', '), evidence }
      : { kind: 'pass', detail: `${counted(evidence.length, 'change')} reviewed`, evidence };
  },
});

function comparable(person: string): string {
  return person.trim().toLowerCase();
}
