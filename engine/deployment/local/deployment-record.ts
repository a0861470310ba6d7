import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { deploymentStages, type DesiredDeployment } from '../deployment-target.ts';

/** Names become files and folders, so nothing but a DNS label is let through. */
export const labelSchema = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'must be a lower-case DNS label (letters, digits, "-")');

export const imageDigestSchema = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, 'must be a digest: sha256: and 64 hexadecimal digits');

export const commitSchema = z
  .string()
  .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'must be a full git commit: 40 or 64 hexadecimal digits');

export const desiredDeploymentSchema = z
  .strictObject({
    application: z.string().min(1),
    release: z.string().min(1),
    configurationCommit: commitSchema,
    services: z
      .array(z.strictObject({ name: labelSchema, repository: z.string().min(1), digest: imageDigestSchema }))
      .readonly()
      .refine((services) => new Set(services.map(({ name }) => name)).size === services.length, {
        message: 'names a service twice',
      }),
    canaryPercentage: z.number().min(1).max(99).optional(),
    stage: z.enum(deploymentStages).optional(),
  })
  .refine(({ canaryPercentage, stage }) => canaryPercentage === undefined || stage === undefined, {
    message: 'is a canary and another kind of deployment at once',
  });

export const deploymentRecordSchema = z.strictObject({
  generation: z.int().positive(),
  desired: desiredDeploymentSchema,
});
export type DeploymentRecord = z.infer<typeof deploymentRecordSchema>;

/** The file of an environment that holds its desired state, written under the fence. */
export const deploymentFile = 'deployment.json';

export function isSameDesired(left: DesiredDeployment, right: DesiredDeployment): boolean {
  return isDeepStrictEqual(comparable(left), comparable(right));
}

/** No share and a share of `undefined` are the same, and so it is with the stage. */
function comparable(desired: DesiredDeployment): unknown {
  const { canaryPercentage, stage, ...whole } = desiredDeploymentSchema.parse(desired);
  return [whole, canaryPercentage, stage];
}
