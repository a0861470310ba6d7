import { z } from 'zod';
import type { PromotionView } from '../../engine/promotion-service.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const commitSchema = z.object({
  commit: z.string(),
  subject: z.string(),
  changeRequests: z.array(z.string()),
  tickets: z.array(z.string()),
});

/** As much of a stored plan as people are shown; a plan of another version may lack what this one knows. */
const planSchema = z.object({
  images: z
    .array(
      z.object({
        service: z.string(),
        digest: z.string(),
        change: z.enum(['new', 'changed', 'same']),
        before: z.string().nullish(),
      }),
    )
    .default([]),
  configuration: z
    .object({
      redirectedTo: z.object({ repository: z.string(), branch: z.string() }).nullish(),
      changes: z.array(z.object({ path: z.string(), before: scalar.nullish(), after: scalar })).default([]),
    })
    .default({ changes: [] }),
  database: z
    .object({
      migrations: z
        .array(
          z.object({
            version: z.number(),
            name: z.string(),
            kind: z.enum(['expand', 'contract']),
            statements: z.array(z.string()),
          }),
        )
        .default([]),
      waiting: z
        .array(z.object({ version: z.number(), name: z.string(), kind: z.enum(['expand', 'contract']) }))
        .default([]),
      undoWindowSeconds: z.number().default(0),
    })
    .nullish(),
  flags: z
    .object({
      added: z.array(z.string()).default([]),
      changed: z.array(z.string()).default([]),
      switched: z.array(z.object({ key: z.string(), isEnabled: z.boolean(), percentage: z.number() })).default([]),
    })
    .default({ added: [], changed: [], switched: [] }),
  source: z
    .object({
      gained: z.array(commitSchema).default([]),
      lost: z.array(commitSchema).default([]),
      unknown: z.string().optional(),
    })
    .default({ gained: [], lost: [] }),
  deployment: z.object({ strategy: z.string(), detail: z.string() }).nullish(),
  customSteps: z.array(z.object({ name: z.string(), does: z.string(), undo: z.string().nullish() })).default([]),
  leftOut: z.array(z.object({ step: z.string(), means: z.string() })).default([]),
  lane: z.string().nullish(),
  laneTerms: z.array(z.string()).default([]),
  setAside: z.array(z.object({ kind: z.string(), by: z.string(), reason: z.string() })).default([]),
  target: z.object({ release: z.string().nullish() }).default({}),
  irreversible: z.array(z.string()).default([]),
});
export type PlanToShow = z.infer<typeof planSchema>;

/** The plan of a promotion, or undefined when there is none yet or it cannot be read by this version. */
export function planToShow(plan: PromotionView['plan']): PlanToShow | undefined {
  if (plan === undefined) return undefined;
  const parsed = planSchema.safeParse(plan.body);
  return parsed.success ? parsed.data : undefined;
}
