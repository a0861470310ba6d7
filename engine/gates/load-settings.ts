import { z } from 'zod';

/** What a load test must show, as the definition of a promotion keeps it. */
export const loadSettingsSchema = z.object({
  minimumRequestsPerSecond: z.number().optional(),
  maximumErrorRatePercent: z.number(),
  maximumP95Ms: z.number().optional(),
  /** How long verification waits for the one after the deployment. */
  waitSeconds: z.number().positive().default(900),
});
export type LoadSettings = z.infer<typeof loadSettingsSchema>;
