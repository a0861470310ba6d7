import type { Release } from '../release.ts';
import { counted } from '../wording/counted.ts';
import { behindTheChange, personKey, samePersonMayFillStages, stagePeopleText, standingOf } from './approvals.ts';
import type { ApprovalStage } from './definition.ts';
import type { PromotionRecord } from './promotion.ts';
import type { Vote } from './step-queries.ts';

type About = Pick<PromotionRecord, 'requestedBy' | 'overrides' | 'definition' | 'planHash'>;

/**
 * What a promotion still needs to be approved, a sentence for each stage that is not complete, in their order:
 * `1 of 2 approvals of stage SRE; still missing: 1 from olga@shop.example, role sre`. Named are only those whose vote
 * would count. @returns nothing once it is decided, or as long as there is no plan.
 * @param votes of the promotion, in order.
 */
export function missingApprovals(
  promotion: About,
  release: Pick<Release, 'content'> | undefined,
  votes: readonly Vote[],
): readonly string[] {
  const { definition, planHash } = promotion;
  if (planHash === undefined) return [];
  const standing = standingOf({ ...promotion, planHash }, release, votes);
  if (standing.kind !== 'waiting') return [];
  const { stage, by, spent } = standing;
  const behind = behindTheChange(promotion, release);
  const given = `${String(by.length)} of ${counted(stage.minimumApprovals, 'approval')} of stage ${stage.name}`;
  const missing = stage.minimumApprovals - by.length;
  const now = `${given}; still missing: ${missingFrom(missing, stage, [...behind, ...spent, ...by])}`;
  const later = definition.approvalStages.slice(
    definition.approvalStages.findIndex(({ name }) => name === stage.name) + 1,
  );
  const used = samePersonMayFillStages(definition) ? [] : [...spent, ...by];
  return [
    now,
    ...later.map(
      (each) => `then stage ${each.name}: ${missingFrom(each.minimumApprovals, each, [...behind, ...used])}`,
    ),
  ];
}

function missingFrom(count: number, stage: ApprovalStage, without: readonly string[]): string {
  const people = stage.people.filter((person) => !without.includes(personKey(person)));
  return `${String(count)} from ${stagePeopleText({ ...stage, people })}`;
}
