import type { ApprovalStage } from './definition.ts';
import type { Vote } from './step-queries.ts';

export type ApprovalStanding =
  | { readonly kind: 'granted'; readonly by: readonly string[] }
  | { readonly kind: 'rejected'; readonly by: string; readonly comment: string | undefined }
  | { readonly kind: 'waiting'; readonly stage: ApprovalStage; readonly given: number };

/**
 * Where the approval of a plan stands. Stages run in order; one vote per person and stage; votes over another plan do
 * not count; whoever asked, and whoever wrote the change, never counts (design, section 4).
 */
export function approvalStanding(
  stages: readonly ApprovalStage[],
  votes: readonly Vote[],
  planHash: string,
  excluded: ReadonlySet<string>,
): ApprovalStanding {
  const counted = votes.filter((vote) => vote.planHash === planHash && !excluded.has(vote.actor.toLowerCase()));
  const rejection = counted.find((vote) => vote.decision === 'rejected');
  if (rejection !== undefined) return { kind: 'rejected', by: rejection.actor, comment: rejection.comment };
  const by: string[] = [];
  for (const stage of stages) {
    const people = new Set(counted.filter((vote) => vote.stage === stage.name).map((vote) => vote.actor.toLowerCase()));
    if (people.size < stage.minimumApprovals) return { kind: 'waiting', stage, given: people.size };
    by.push(...people);
  }
  return { kind: 'granted', by };
}

/** Who cannot approve this change: the requester and the authors. */
export function excludedFromApproval(requester: string, authors: readonly string[]): ReadonlySet<string> {
  return new Set([requester, ...authors].map((each) => each.toLowerCase()));
}
