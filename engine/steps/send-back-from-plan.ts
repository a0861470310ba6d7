import { buildPlanOf } from '../plan/build-plan.ts';
import { changesSincePlan } from '../plan/changes-since-plan.ts';
import { planLookOf } from './plan-look.ts';
import type { StepContext, StepResult } from '../workflow/step-definition.ts';

/** Makes sure that the plan still is what was decided on. @returns what sends the promotion back; undefined: it is. */
export async function sendBackFromPlan(
  context: StepContext<unknown>,
): Promise<Extract<StepResult, { kind: 'send-back' }> | undefined> {
  const { promotion } = context;
  const fresh = await buildPlanOf(context);
  if (fresh.plan.hash === promotion.planHash) return undefined;
  const changed = await changesSincePlan(planLookOf(context), promotion.planHash, fresh.plan);
  return { kind: 'send-back', reason: `${promotion.toEnvironment} changed since the plan was made. ${changed}` };
}
