import type { Actor } from '../workflow/actor.ts';
import { approvalStanding, excludedFromApproval } from '../workflow/approvals.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { storable } from '../workflow/storable.ts';
import { changePromotion, loadPromotion, type ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

export interface ApprovalDecision {
  readonly promotionId: string;
  readonly decision: 'approved' | 'rejected';
  /** Required when rejecting. */
  readonly comment?: string | undefined;
  /** The plan the person was shown; another one by now refuses the decision. Default: the plan as it is. */
  readonly planHash?: string | undefined;
}

/** Records a person's vote over the plan, for the stage whose turn it is. */
export async function decideApproval(
  context: ServiceContext,
  actor: Actor,
  decision: ApprovalDecision,
): Promise<PromotionRecord> {
  const loaded = await loadPromotion(context, decision.promotionId);
  const { application, toEnvironment } = loaded;
  const scope = { application, environment: toEnvironment };
  // Whoever a stage names may decide there; everybody else needs the role.
  if (!isNamedAnywhere(loaded, actor)) {
    await context.authorizer.require(actor, decision.decision === 'approved' ? 'approve' : 'reject', scope);
  } else {
    await context.authorizer.require(actor, 'read', scope);
  }
  const held = await context.authorizer.rolesOf(actor, scope);
  if (decision.decision === 'rejected' && (decision.comment ?? '').trim() === '') {
    throw new RefusedError('say why it is rejected, with --comment');
  }

  return changePromotion(context, decision.promotionId, async (draft) => {
    const { record } = draft;
    if (record.state !== 'PENDING_APPROVAL' || record.planHash === undefined) {
      throw new RefusedError(`${record.id} does not wait for an approval`);
    }
    if (decision.planHash !== undefined && decision.planHash !== record.planHash) {
      throw new RefusedError('this is no longer what you were asked: the plan changed; look at it again');
    }
    const release = await context.store.loadRelease(record.releaseId);
    const excluded = excludedFromApproval(record.requestedBy.id, release?.content.source?.authors ?? []);
    if (excluded.has(actor.id.toLowerCase())) {
      throw new RefusedError(`${actor.id} asked for this change or wrote it; somebody else must decide`);
    }
    const votes = await context.store.votes(record.id);
    const standing = approvalStanding(record.definition.approvalStages, votes, record.planHash, excluded);
    if (standing.kind !== 'waiting') throw new RefusedError(`${record.id} is decided already`);
    const { stage } = standing;
    const isNamed = stage.people.some((person) => person.toLowerCase() === actor.id.toLowerCase());
    if (!isNamed && !stage.roles.some((role) => (held as readonly string[]).includes(role))) {
      const who = [...stage.people, ...stage.roles.map((role) => `role ${role}`)].join(', ');
      throw new RefusedError(`the stage ${stage.name} is for ${who}`);
    }
    const voted = votes.some(
      (vote) =>
        vote.stage === stage.name &&
        vote.planHash === record.planHash &&
        vote.actor.toLowerCase() === actor.id.toLowerCase(),
    );
    if (voted) throw new RefusedError(`${actor.id} has voted in the stage ${stage.name} already`);
    draft.vote(
      {
        stage: stage.name,
        actor: actor.id,
        decision: decision.decision,
        planHash: record.planHash,
        comment: storable(decision.comment),
        at: context.clock.now(),
      },
      actor,
    );
    draft.makeDue();
  });
}

function isNamedAnywhere(record: PromotionRecord, actor: Actor): boolean {
  return record.definition.approvalStages.some(({ people }) =>
    people.some((person) => person.toLowerCase() === actor.id.toLowerCase()),
  );
}
