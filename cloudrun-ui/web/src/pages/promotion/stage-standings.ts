import type { PromotionDetail } from '../../api/queries.ts';
import type { Report } from './promotion-queries.ts';

type Stage = Report['approvals']['stages'][number];
type Approval = PromotionDetail['approvals'][number];

/** An approval stage, with who has spoken in it. */
export interface StageStanding {
  readonly stage: Stage;
  /** Over the plan as it is now. */
  readonly approvals: readonly Approval[];
  /** `next`: it comes behind one that is not complete. */
  readonly standing: 'complete' | 'waiting' | 'next';
}

/** How the stages stand, in their order: the first that is not complete is the one that waits. */
export function stageStandings(stages: readonly Stage[], approvals: readonly Approval[]): readonly StageStanding[] {
  const told = stages.map((stage) => ({
    stage,
    approvals: approvals.filter(
      ({ stage: name, isOverThisPlan, decision }) => name === stage.name && isOverThisPlan && decision === 'approved',
    ),
  }));
  const isComplete = ({ stage, approvals: own }: (typeof told)[number]): boolean =>
    own.length >= stage.minimumApprovals;
  const waiting = told.findIndex((each) => !isComplete(each));
  return told.map((each, index) => ({
    ...each,
    standing: isComplete(each) ? 'complete' : index === waiting ? 'waiting' : 'next',
  }));
}

/** Votes that no stage shows: rejections, and those about a plan that is no longer this one. */
export function otherVotes(approvals: readonly Approval[]): readonly Approval[] {
  return approvals.filter(({ isOverThisPlan, decision }) => !isOverThisPlan || decision === 'rejected');
}

/** For whom a stage is: "sam, sofia or the role sre". */
export function peopleOfStage({ people, roles }: Pick<Stage, 'people' | 'roles'>): string {
  const named = [...people, ...roles.map((role) => `the role ${role}`)];
  const last = named.at(-1);
  return named.length < 2 || last === undefined ? named.join('') : `${named.slice(0, -1).join(', ')} or ${last}`;
}
