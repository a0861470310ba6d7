import { z } from 'zod';
import type { Running } from '../deployment/deployment-changes.ts';
import type { DeploymentStatus } from '../deployment/deployment-target.ts';
import type { JsonObject } from '../json.ts';
import type { StepContext } from '../workflow/step-definition.ts';
import { targetStepOf } from '../workflow/target-step.ts';

/** What later steps need to know of the target as it was, of the back-up or of the note in its place. */
const targetBeforeSchema = z.looseObject({
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
export type TargetBefore = z.infer<typeof targetBeforeSchema>;

type Context = Pick<StepContext<unknown>, 'promotion' | 'output'>;

/** @throws when neither the back-up nor the note in its place has finished: a defect of the order of steps. */
export function targetBefore(context: Context): TargetBefore {
  return targetBeforeSchema.parse(targetOutput(context));
}

/** All that the step has kept. @throws as `targetBefore` */
export function targetOutput({ promotion, output }: Context): JsonObject {
  return output(targetStepOf(promotion.steps)?.name ?? 'back-up');
}

/** The desired deployment as it is kept with the promotion. */
export function targetNote({ generation, desired }: DeploymentStatus): {
  generation: number;
  desired: JsonObject | null;
} {
  return { generation, desired: desired === undefined ? null : (JSON.parse(JSON.stringify(desired)) as JsonObject) };
}

/** What the target ran before anything changed. */
export function ranBefore(context: Context): Running {
  const { desired } = targetBefore(context);
  return {
    release: desired?.release,
    images: (desired?.services ?? []).map(({ name, digest }) => ({ service: name, digest })),
  };
}
