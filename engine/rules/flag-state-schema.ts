import { z } from 'zod';

/** What a release or a rule sets of a flag's state in the target; what is left out stays. */
export const flagStateSchema = z
  .strictObject({
    key: z.string().min(1),
    isEnabled: z.boolean().optional(),
    percentage: z.number().min(0).max(100).optional().describe('Share of requests that see it when it is on.'),
  })
  .refine(({ isEnabled, percentage }) => isEnabled !== undefined || percentage !== undefined, {
    error: 'must set isEnabled or percentage, or both',
  });
export type FlagState = z.infer<typeof flagStateSchema>;
