import { z } from 'zod';
import { buildPlanOf } from '../plan/build-plan.ts';
import { changesSincePlan } from '../plan/changes-since-plan.ts';
import { approvalWaitText, rejectionText, standingOf } from '../workflow/approvals.ts';
import { overrideOf } from '../workflow/override.ts';
import { defineStep, type StepContext, type StepResult } from '../workflow/step-definition.ts';
import { planLookOf } from './plan-look.ts';
import type { Vote } from '../workflow/step-queries.ts';

const checkpointSchema = z.object({ stage: z.string(), since: z.iso.datetime() });
const conditionsSchema = z.object({ gates: z.array(z.object({ gate: z.string(), verdict: z.string() })) });

/**
 * Parks until every stage has its approvals over the plan as it is now; a stage that runs out of time expires it. Where
 * the rules say that the gates suffice, nobody is asked when every one of them passed.
 */
export const awaitApproval = defineStep({
  name: 'await-approval',
  version: 2,
  oldestVersion: 1,
  phase: 'approval',
  title: 'approval',
  isOptional: false,
  configSchema: z.object({}),
  async run(context) {
    const { promotion, queries, log } = context;
    const { definition, planHash } = promotion;
    if (definition.approvalStages.length === 0) {
      return { kind: 'done', summary: 'not required on this path', output: { by: [] } };
    }
    if (planHash === undefined) throw new Error('there is no plan to approve');
    const fresh = await buildPlanOf(context);
    if (fresh.plan.hash !== planHash) {
      const changed = await changesSincePlan(planLookOf(context), planHash, fresh.plan);
      return { kind: 'send-back', reason: `the plan changed while it waited for approval. ${changed}` };
    }
    const votes = await queries.votes(promotion.id);
    const answer = judgeApproval(context, planHash, votes);
    if (answer.kind !== 'park') return answer;
    // Whoever has decided already must know why he is asked again.
    const outdated = votes.findLast((vote) => vote.planHash !== planHash)?.planHash;
    const detail =
      outdated === undefined
        ? answer.detail
        : `${answer.detail}. This is no longer what was asked before. ${await changesSincePlan(planLookOf(context), outdated, fresh.plan)}`;
    log(`waiting for ${detail}`);
    return { ...answer, detail };
  },
});

type Answer = Exclude<StepResult, { readonly kind: 'send-back' }>;

/** What follows from the votes over a plan that still is what would be done. */
export function judgeApproval(context: StepContext<unknown>, planHash: string, votes: readonly Vote[]): Answer {
  const { promotion, release, clock, checkpoint } = context;
  const standing = standingOf({ ...promotion, planHash }, release, votes);
  switch (standing.kind) {
    case 'granted':
      return { kind: 'done', summary: `by ${standing.by.join(', ')}`, output: { by: [...standing.by] } };
    case 'rejected':
      return {
        kind: 'end',
        state: 'REJECTED',
        reason: rejectionText({ actor: standing.by, comment: standing.comment }),
      };
    case 'waiting': {
      const own = overrideOf(promotion, 'auto-approve');
      if (own !== undefined) {
        const summary = `by ${own.by}, who asked for it: ${own.reason}`;
        return { kind: 'done', summary, output: { by: [own.by], isAutoApproved: true } };
      }
      const gates = passedGates(context);
      if (gates > 0) {
        const summary = `not asked for: the gates suffice, ${String(gates)} of ${String(gates)} passed`;
        return { kind: 'done', summary, output: { by: [], isAutomatic: true } };
      }
      const { stage } = standing;
      const before = checkpointSchema.safeParse(checkpoint);
      const since = before.success && before.data.stage === stage.name ? before.data.since : clock.now().toISOString();
      const until = new Date(new Date(since).getTime() + stage.timeoutSeconds * 1000);
      if (until <= clock.now()) {
        return { kind: 'end', state: 'EXPIRED', reason: `nobody completed the stage ${stage.name} in time` };
      }
      const detail = approvalWaitText(standing);
      return { kind: 'park', reason: 'approval', detail, until, checkpoint: { stage: stage.name, since } };
    }
  }
}

/**
 * How many gates speak for the change by themselves: all of them, or 0 when the rules do not let them, when one failed,
 * warned or was set aside, or when there is none.
 */
function passedGates({ promotion, output }: StepContext<unknown>): number {
  if (promotion.definition.approvalRule?.isAutomaticWhenGatesPass !== true) return 0;
  const { gates } = conditionsSchema.parse(output('validate-conditions'));
  return gates.every(({ verdict }) => verdict === 'pass') ? gates.length : 0;
}
