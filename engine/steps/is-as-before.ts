import type { DeploymentStatus } from '../deployment/deployment-target.ts';
import type { StepContext } from '../workflow/step-definition.ts';
import { targetBefore } from './target-before.ts';

/** Whether the target's desired deployment is still the one from before the promotion, so that there is none to take back. */
export function isAsBefore(context: StepContext<unknown>, status: DeploymentStatus): boolean {
  return targetBefore(context).generation === status.generation;
}
