import { counted } from '../wording/counted.ts';
import type { ApprovalStage, Definition } from './definition.ts';
import type { PromotionRecord } from './promotion.ts';
import type { Vote } from './step-queries.ts';

export type ApprovalStanding =
  | { readonly kind: 'granted'; readonly by: readonly string[] }
  | { readonly kind: 'rejected'; readonly by: string; readonly comment: string | undefined }
  | {
      readonly kind: 'waiting';
      readonly stage: ApprovalStage;
      /** Who has approved this stage so far. */
      readonly by: readonly string[];
      /** Who has filled an earlier stage and therefore does not count in this one. */
      readonly spent: ReadonlySet<string>;
    };

export interface ApprovalCase {
  readonly stages: readonly ApprovalStage[];
  /** Whether one person counts in several stages; otherwise in one only. */
  readonly samePersonMayFillStages: boolean;
  /** In the order in which they were given. */
  readonly votes: readonly Vote[];
  readonly planHash: string;
  /** Who never counts, as `personKey` writes them. */
  readonly excluded: ReadonlySet<string>;
}

/**
 * Where the approval of a plan stands. Stages run in order; one vote per person and stage; approvals of another plan do
 * not count, while a rejection is of the promotion, whatever is planned by then; whoever is behind the change never counts;
 * unless the rules let them, nobody fills two stages (design, section 4).
 */
export function approvalStanding(approval: ApprovalCase): ApprovalStanding {
  const { stages, samePersonMayFillStages, votes, planHash, excluded } = approval;
  const rejection = rejectionAmong(votes, excluded);
  const valid = votes.filter((vote) => vote.planHash === planHash && !excluded.has(personKey(vote.actor)));
  if (rejection !== undefined) return { kind: 'rejected', by: rejection.actor, comment: rejection.comment };
  const spent = new Set<string>();
  const granted = new Set<string>();
  for (const stage of stages) {
    const ofStage = valid.filter((vote) => vote.stage === stage.name).map((vote) => personKey(vote.actor));
    const people = [...new Set(ofStage)].filter((person) => samePersonMayFillStages || !spent.has(person));
    if (people.length < stage.minimumApprovals) return { kind: 'waiting', stage, by: people, spent };
    // Only as many as the stage needed: one vote more must not keep its giver from another stage.
    for (const person of people.slice(0, stage.minimumApprovals)) {
      granted.add(person);
      if (!samePersonMayFillStages) spent.add(person);
    }
  }
  return { kind: 'granted', by: [...granted] };
}

/** Somebody's no that counts. */
export function rejectionAmong(votes: readonly Vote[], excluded: ReadonlySet<string>): Vote | undefined {
  return votes.find(({ decision, actor }) => decision === 'rejected' && !excluded.has(personKey(actor)));
}

/** Why a promotion ended, in whose words. */
export function rejectionText({ actor, comment }: Pick<Vote, 'actor' | 'comment'>): string {
  return `${actor} rejected it${comment === undefined ? '' : `: ${comment}`}`;
}

/** As much of a promotion as decides who may approve it, and whether they have. */
export type ApprovedChange = Pick<PromotionRecord, 'requestedBy' | 'overrides'> & {
  readonly definition: Pick<Definition, 'approvalStages' | 'approvalRule'>;
};

/** As much of a release as says who wrote the change. */
export interface Authored {
  readonly content: { readonly source?: { readonly authors: readonly string[] } | undefined };
}

/** The votes about a promotion, judged as it started. @param votes of the promotion, in order. */
export function standingOf(
  promotion: ApprovedChange & { readonly planHash: string },
  release: Authored | undefined,
  votes: readonly Vote[],
): ApprovalStanding {
  return approvalStanding({
    stages: promotion.definition.approvalStages,
    samePersonMayFillStages: samePersonMayFillStages(promotion.definition),
    votes,
    planHash: promotion.planHash,
    excluded: behindTheChange(promotion, release),
  });
}

/** Promotions of an engine that did not know the rule go on as they began. */
export function samePersonMayFillStages({ approvalRule }: Pick<Definition, 'approvalRule'>): boolean {
  return approvalRule?.samePersonMayFillStages ?? true;
}

/** Whether somebody may vote in a stage: named there, or holding one of its roles. Who is excluded is another matter. */
export function isInStage(stage: ApprovalStage, person: string, held: readonly string[]): boolean {
  const key = personKey(person);
  return stage.people.some((each) => personKey(each) === key) || stage.roles.some((role) => held.includes(role));
}

/** What is waited for, with how much of it there is: `1 of 2 approvals of stage SRE (olga, role sre)`. */
export function approvalWaitText({ stage, by }: Extract<ApprovalStanding, { readonly kind: 'waiting' }>): string {
  const count = `${String(by.length)} of ${counted(stage.minimumApprovals, 'approval')}`;
  return `${count} of stage ${stage.name} (${stagePeopleText(stage)})`;
}

/** Who a stage is for, in words. */
export function stagePeopleText({ people, roles }: ApprovalStage): string {
  return [...people, ...roles.map((role) => `role ${role}`)].join(', ');
}

/**
 * Who can approve nothing of this promotion: the requester, the person behind a machine's request, whoever overruled
 * its validation, and the authors of the change.
 */
export function behindTheChange(
  { requestedBy, overrides }: Pick<PromotionRecord, 'requestedBy' | 'overrides'>,
  release: Authored | undefined,
): ReadonlySet<string> {
  const people = [
    requestedBy.id,
    requestedBy.onBehalfOf ?? requestedBy.id,
    ...overrides.filter(({ kind }) => kind === 'force' || kind === 'skip-validation').map(({ by }) => by),
    ...(release?.content.source?.authors ?? []),
  ];
  return new Set(people.map(personKey));
}

/** One way of writing a person, however the name is capitalised; of `Ana <ana@shop.example>` the address counts. */
export function personKey(person: string): string {
  const address = /<([^<>]+)>\s*$/.exec(person)?.[1] ?? person;
  return address.trim().normalize('NFC').toLowerCase();
}
