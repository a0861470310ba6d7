import { z } from 'zod';
import { buildPlanOf } from '../plan/build-plan.ts';
import { approvalStanding, excludedFromApproval } from '../workflow/approvals.ts';
import { defineStep } from '../workflow/step-definition.ts';

const checkpointSchema = z.object({ stage: z.string(), since: z.iso.datetime() });

/** Parks until every stage has its approvals over the plan as it is now; a stage that runs out of time expires it. */
export const awaitApproval = defineStep({
  name: 'await-approval',
  version: 1,
  oldestVersion: 1,
  phase: 'approval',
  title: 'approval',
  isOptional: false,
  configSchema: z.object({}),
  async run(context) {
    const { promotion, release, queries, clock, checkpoint, log } = context;
    const { definition, planHash } = promotion;
    if (definition.approvalStages.length === 0) {
      return { kind: 'done', summary: 'not required on this path', output: { by: [] } };
    }
    if (planHash === undefined) throw new Error('there is no plan to approve');
    const fresh = await buildPlanOf(context);
    if (fresh.plan.hash !== planHash) {
      return { kind: 'send-back', reason: 'the plan changed while it waited for approval; it must be approved again' };
    }
    const excluded = excludedFromApproval(promotion.requestedBy.id, release.content.source?.authors ?? []);
    const votes = await queries.votes(promotion.id);
    const standing = approvalStanding(definition.approvalStages, votes, planHash, excluded);
    switch (standing.kind) {
      case 'granted':
        return { kind: 'done', summary: `by ${standing.by.join(', ')}`, output: { by: [...standing.by] } };
      case 'rejected':
        return {
          kind: 'end',
          state: 'REJECTED',
          reason: `${standing.by} rejected it${standing.comment === undefined ? '' : `: ${standing.comment}`}`,
        };
      case 'waiting': {
        const { stage, given } = standing;
        const before = checkpointSchema.safeParse(checkpoint);
        const since =
          before.success && before.data.stage === stage.name ? before.data.since : clock.now().toISOString();
        const until = new Date(new Date(since).getTime() + stage.timeoutSeconds * 1000);
        if (until <= clock.now()) {
          return { kind: 'end', state: 'EXPIRED', reason: `nobody completed the stage ${stage.name} in time` };
        }
        const who = [...stage.people, ...stage.roles.map((role) => `role ${role}`)].join(', ');
        const detail = `${String(given)} of ${String(stage.minimumApprovals)} approvals of stage ${stage.name} (${who})`;
        log(`waiting for ${detail}`);
        return { kind: 'park', reason: 'approval', detail, until, checkpoint: { stage: stage.name, since } };
      }
    }
  },
});
