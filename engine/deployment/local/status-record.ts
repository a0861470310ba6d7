import { z } from 'zod';
import { imageDigestSchema, labelSchema } from './deployment-record.ts';

const sideSchema = z.strictObject({
  requests: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  /** Of all requests together. */
  responseTimeMs: z.number().nonnegative(),
});

const canarySchema = z.strictObject({
  percentage: z.number().min(1).max(99),
  services: z
    .array(
      z.strictObject({
        name: labelSchema,
        digest: imageDigestSchema,
        isReady: z.boolean(),
        restarts: z.int().nonnegative(),
        canary: sideSchema,
        baseline: sideSchema,
      }),
    )
    .readonly(),
});
export type CanaryRecord = z.infer<typeof canarySchema>;

const serviceSchema = z.strictObject({
  name: labelSchema,
  digest: imageDigestSchema.optional(),
  isReady: z.boolean(),
  url: z.string(),
  restarts: z.int().nonnegative(),
});
export type ServiceRecord = z.infer<typeof serviceSchema>;

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
  services: z.array(serviceSchema).readonly(),
  /** Since `generation` was accepted. */
  traffic: z.strictObject({ requests: z.int().nonnegative(), failed: z.int().nonnegative() }),
  /** While a share is desired; counted since `generation` was accepted. */
  canary: canarySchema.optional(),
  /** What runs without getting requests; with their own addresses. */
  beside: z.array(serviceSchema).readonly().optional(),
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
