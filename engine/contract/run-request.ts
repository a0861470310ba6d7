import { z } from 'zod';

/**
 * A message on the run topic asks for one run of one promotion. All of it is in the attributes: the Cloud Build trigger
 * copies them into substitutions by name and never reads the body.
 */
export const runRequestAttributes = {
  promotionId: 'promotionId',
  dispatchId: 'dispatchId',
} as const;

/** Values reach a container's environment and no shell; still, nothing but what an id consists of is let through. */
const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, 'must be 1 to 100 letters, digits, _ and -, the first no sign');

export const runRequestSchema = z.strictObject({ promotionId: idSchema, dispatchId: idSchema });
export type RunRequest = z.infer<typeof runRequestSchema>;

/** Substitutions of the trigger and where each comes from in a message. */
export const runSubstitutions = {
  _PROMOTION_ID: `$(body.message.attributes.${runRequestAttributes.promotionId})`,
  _DISPATCH_ID: `$(body.message.attributes.${runRequestAttributes.dispatchId})`,
} as const;
