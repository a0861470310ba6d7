import { z } from '@hono/zod-openapi';
import { instant } from './instant.ts';

const measure = z.number().nullable();

export const serviceReportSchema = z
  .strictObject({
    service: z.string(),
    kind: z.string(),
    isCritical: z.boolean(),
    release: z.string().nullable(),
    digest: z.string().nullable(),
    url: z.string().nullable(),
    health: z.enum(['healthy', 'sick', 'unknown']),
    trouble: z.string().nullable(),
    responseTimeMs: measure,
    requests: measure,
    errorRatePercent: measure,
    p95Ms: measure,
    memoryBytes: measure,
    cpuPercent: measure,
    restarts: measure,
    unknown: z.record(z.string(), z.string()).openapi({ description: 'Why each measure that is null is.' }),
  })
  .openapi('ServiceReport');

/** What an environment shows of itself. What is not known is null, and `unknown` says why. */
export const reportShape = {
  deployment: z.union([
    z.strictObject({
      phase: z.enum(['empty', 'progressing', 'available', 'failed']),
      message: z.string().nullable(),
      release: z.string().nullable(),
    }),
    z.strictObject({ phase: z.null(), unknown: z.string() }),
  ]),
  measuredSeconds: z.number(),
  services: z.array(serviceReportSchema),
  database: z
    .union([
      z.strictObject({ name: z.string(), isReachable: z.literal(false), unknown: z.string() }),
      z.strictObject({
        name: z.string(),
        isReachable: z.literal(true),
        connectMs: z.number(),
        queryMs: z.number(),
        sizeBytes: z.number(),
        schemaVersion: z.int(),
        unfinished: z.unknown(),
      }),
    ])
    .nullable(),
  alerts: z
    .array(
      z.strictObject({
        id: z.string(),
        severity: z.enum(['critical', 'warning']),
        subject: z.string(),
        detail: z.string(),
        since: instant,
      }),
    )
    .nullable(),
  alertsUnknown: z.string().nullable(),
};
