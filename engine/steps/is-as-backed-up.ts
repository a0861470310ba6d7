import { z } from 'zod';
import type { DeploymentStatus } from '../deployment/deployment-target.ts';
import type { StepContext } from '../workflow/step-definition.ts';

const backedUpGenerationSchema = z.looseObject({ generation: z.number() });

/** Whether the target's desired deployment is still the one that was backed up, so that there is none to take back. */
export function isAsBackedUp({ output }: StepContext<unknown>, status: DeploymentStatus): boolean {
  return backedUpGenerationSchema.parse(output('back-up')).generation === status.generation;
}
