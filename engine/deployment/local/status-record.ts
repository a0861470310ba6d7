import { z } from 'zod';
import { imageDigestSchema, labelSchema } from './deployment-record.ts';

/** What the platform observed of an environment; written by the platform alone. */
export const statusRecordSchema = z.strictObject({
  /** The life of the platform that saw it; what an earlier life saw says nothing about now. */
  platform: z.string(),
  /** The generation the platform acts on, or has acted on last; 0: none. */
  generation: z.int().nonnegative(),
  /** The generation it has finished acting on. */
  observedGeneration: z.int().nonnegative(),
  phase: z.enum(['empty', 'progressing', 'available', 'failed']),
  message: z.string().optional(),
  services: z
    .array(
      z.strictObject({
        name: labelSchema,
        digest: imageDigestSchema.optional(),
        isReady: z.boolean(),
        url: z.string(),
        restarts: z.int().nonnegative(),
      }),
    )
    .readonly(),
  /** Since `generation` was accepted. */
  traffic: z.strictObject({ requests: z.int().nonnegative(), failed: z.int().nonnegative() }),
});
export type StatusRecord = z.infer<typeof statusRecordSchema>;

export const statusFile = 'status.json';

export const emptyStatus: StatusRecord = {
  platform: '',
  generation: 0,
  observedGeneration: 0,
  phase: 'empty',
  services: [],
  traffic: { requests: 0, failed: 0 },
};
