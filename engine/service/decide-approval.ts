import { changesSincePlan } from '../plan/changes-since-plan.ts';
import type { Actor } from '../workflow/actor.ts';
import {
  behindTheChange,
  type ApprovedChange,
  type Authored,
  isInStage,
  personKey,
  stagePeopleText,
  standingOf,
  type ApprovalStanding,
} from '../workflow/approvals.ts';
import type { ServiceStore } from '../store/service-store.ts';
import type { ApprovalStage, Definition } from '../workflow/definition.ts';
import { describePromotion } from '../workflow/describe-promotion.ts';
import type { Draft } from '../workflow/draft.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { Vote } from '../workflow/step-queries.ts';
import { badReleaseText } from '../workflow/refuse-bad-release.ts';
import { storable } from '../workflow/storable.ts';
import { withVotesCounted } from '../workflow/with-votes-counted.ts';
import { endRejected, refuseToReject, stageToReject } from './reject-promotion.ts';
import { changePromotion, loadPromotion, type ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';
import { refuseUsingUp } from './stage-people.ts';

export interface ApprovalDecision {
  readonly promotionId: string;
  readonly decision: 'approved' | 'rejected';
  /** Required when rejecting. */
  readonly comment?: string | undefined;
  /** The plan the person was shown; another one by now refuses the decision. Default: the plan as it is. */
  readonly planHash?: string | undefined;
}

/** How long it may take to find out what changed in the target's configuration. */
const patienceSeconds = 20;

type Waiting = Extract<ApprovalStanding, { kind: 'waiting' }>;

/**
 * Records a person's vote over the plan: a yes for the stage whose turn it is, or a no, which ends the promotion at once.
 * @returns the promotion, which tells what it waits for with that vote counted.
 */
export async function decideApproval(
  context: ServiceContext,
  actor: Actor,
  decision: ApprovalDecision,
): Promise<PromotionRecord> {
  const loaded = await loadPromotion(context, decision.promotionId);
  const scope = { application: loaded.application, environment: loaded.toEnvironment };
  const held = await context.authorizer.rolesOf(actor, scope);
  if (isAsked(loaded, actor, held)) context.authorizer.requireIdentity(actor);
  else await context.authorizer.require(actor, decision.decision === 'approved' ? 'approve' : 'reject', scope);
  if (decision.decision === 'rejected' && (decision.comment ?? '').trim() === '') {
    throw new RefusedError('say why it is rejected, with --comment');
  }

  const decided = await changePromotion(context, decision.promotionId, async (draft) => {
    const { record } = draft;
    const isRejected = decision.decision === 'rejected';
    if (isRejected) refuseToReject(record);
    const { planHash } = record;
    if (planHash === undefined || (record.state !== 'PENDING_APPROVAL' && !isRejected)) {
      throw new RefusedError(`${record.id} does not wait for an approval (${describePromotion(record)})`);
    }
    if (decision.planHash !== undefined && decision.planHash !== planHash) {
      const now = await context.store.plan(planHash);
      const look = {
        plans: context.store,
        ports: context.ports,
        place: record.definition.target.configuration,
        signal: AbortSignal.timeout(patienceSeconds * 1000),
      };
      const changed = now === undefined ? '' : ` ${await changesSincePlan(look, decision.planHash, now)}.`;
      throw new RefusedError(
        `this is no longer what you were asked.${changed} Look at it again: promote status ${record.id}`,
      );
    }
    const release = await context.store.loadRelease(record.releaseId);
    if (release?.bad !== undefined && !isRejected) {
      throw new RefusedError(`${badReleaseText(release)}. It is promoted nowhere, and ${record.id} ends`, true);
    }
    const votes = await context.store.votes(record.id);
    const ballot = { record: { ...record, planHash }, release, votes };
    const stage = isRejected
      ? stageToReject(actor, held, record, release)
      : await stageToApprove(context, actor, held, ballot);
    const comment = storable(decision.comment);
    const at = context.clock.now();
    draft.vote({ stage: stage.name, actor: actor.id, decision: decision.decision, planHash, comment, at }, actor);
    announce(draft, actor, stage.name, decision.decision, comment);
    if (isRejected) endRejected(draft, actor, comment);
    else draft.makeDue();
  });
  const [release, votes] = [await context.store.loadRelease(decided.releaseId), await context.store.votes(decided.id)];
  return withVotesCounted(decided, release, votes);
}

/** A promotion that waits for its approval, and the votes about it so far. */
export interface Ballot {
  readonly record: ApprovedChange &
    Pick<PromotionRecord, 'id' | 'application' | 'toEnvironment'> & { readonly planHash: string };
  readonly release: Authored | undefined;
  readonly votes: readonly Vote[];
}

/**
 * The stage in which somebody's approval counts, which is the one whose turn it is.
 * @param held roles that he holds there.
 * @throws RefusedError
 */
export async function stageToApprove(
  context: { readonly store: Pick<ServiceStore, 'holdersOf'> },
  actor: Actor,
  held: readonly string[],
  { record, release, votes }: Ballot,
): Promise<ApprovalStage> {
  const { planHash } = record;
  const behind = behindTheChange(record, release);
  if (behind.has(personKey(actor.id))) {
    throw new RefusedError(`${actor.id} asked for this change or wrote it; somebody else must decide`);
  }
  const standing = standingOf(record, release, votes);
  if (standing.kind !== 'waiting') throw new RefusedError(`${record.id} is decided already`);
  const { stage } = standing;
  refuseOutsider(standing, actor, held);
  const hasVoted = votes.some(
    (vote) => vote.stage === stage.name && vote.planHash === planHash && personKey(vote.actor) === personKey(actor.id),
  );
  if (hasVoted) throw new RefusedError(`${actor.id} has voted in the stage ${stage.name} already`);
  const scope = { application: record.application, environment: record.toEnvironment };
  await refuseUsingUp(context, scope, record.definition, standing, actor.id, behind);
  return stage;
}

/** Whether a stage of the promotion is for somebody: to be asked is the permission to answer, and to look. */
export function isAsked(
  { definition }: { readonly definition: Pick<Definition, 'approvalStages'> },
  actor: Actor,
  held: readonly string[],
): boolean {
  return definition.approvalStages.some((stage) => isInStage(stage, actor.id, held));
}

function refuseOutsider({ stage, spent }: Waiting, actor: Actor, held: readonly string[]): void {
  if (!isInStage(stage, actor.id, held)) {
    throw new RefusedError(`the stage ${stage.name} is for ${stagePeopleText(stage)}`);
  }
  if (spent.has(personKey(actor.id))) {
    throw new RefusedError(
      `${actor.id} has approved an earlier stage; another of ${stagePeopleText(stage)} must approve the stage ${stage.name}`,
    );
  }
}

function announce(
  draft: Draft,
  { id }: Actor,
  stage: string,
  decision: ApprovalDecision['decision'],
  comment: string | undefined,
): void {
  draft.announce('approval.decided', { decision, by: id, stage, ...(comment === undefined ? {} : { comment }) });
}
