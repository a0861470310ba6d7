import type { PlanLook } from '../plan/changes-since-plan.ts';
import type { StepContext } from '../workflow/step-definition.ts';

/** Where a step finds out what has changed since a plan. */
export function planLookOf({ promotion, queries, ports, effect }: StepContext<unknown>): PlanLook {
  return { plans: queries, ports, place: promotion.definition.target.configuration, signal: effect.signal };
}
