import { z } from 'zod';
import type { Running } from '../deployment/deployment-changes.ts';
import type { StepContext } from '../workflow/step-definition.ts';

/** What later steps need of the back-up. */
export const backUpOutputSchema = z.looseObject({
  /** The environment's branch as it was. */
  commit: z.string(),
  /** Of the desired deployment as it was. */
  generation: z.number(),
  desired: z
    .looseObject({
      release: z.string(),
      services: z.array(z.looseObject({ name: z.string(), digest: z.string() })),
    })
    .nullable(),
});

/** What the target ran when it was backed up. */
export function ranBefore({ output }: StepContext<unknown>): Running {
  const { desired } = backUpOutputSchema.parse(output('back-up'));
  return {
    release: desired?.release,
    images: (desired?.services ?? []).map(({ name, digest }) => ({ service: name, digest })),
  };
}
