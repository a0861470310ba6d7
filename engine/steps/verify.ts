import { z } from 'zod';
import { VerificationFailedError } from '../deployment/deployment-failed-error.ts';
import { serviceAddress } from '../deployment/service-address.ts';
import { customTestSchema, runCustomTests } from '../verification/run-custom-tests.ts';
import { lookAtServices, sickServices } from '../verification/look-at-services.ts';
import { defineStep, type StepContext } from '../workflow/step-definition.ts';

const configSchema = z.object({
  /** Until every critical service must have been healthy once. */
  timeoutSeconds: z.number().positive(),
  smokeTests: z.boolean(),
  maximumErrorRatePercent: z.number(),
  /** Tests of the team's own; left out by engines before version 2. */
  custom: z.array(customTestSchema).default([]),
});

const checkpointSchema = z.object({
  startedAt: z.iso.datetime(),
  healthySince: z.iso.datetime().nullable(),
  sickLooks: z.number(),
  looks: z.number(),
});
type Checkpoint = z.infer<typeof checkpointSchema>;

/** One bad look may be the network; the second in a row is the release. */
const toleratedSickLooks = 1;
/** Below this many requests a share of failed ones says nothing. */
const fewestRequestsToJudge = 20;

/** Watches the release after its deployment: health, smoke, and stable metrics for the whole bake time. */
export const verify = defineStep({
  name: 'verify',
  version: 2,
  oldestVersion: 1,
  phase: 'deploy',
  title: 'verify',
  isOptional: false,
  configSchema,
  async run(context) {
    const { promotion, release, config, ports, clock, effect, log } = context;
    const { target, bakeSeconds } = promotion.definition;
    const now = clock.now();
    const before = readCheckpoint(context, now);
    const { status, looks } = await lookAtServices(ports, target, effect.signal);
    const sick = sickServices(looks);

    if (sick.length > 0) {
      for (const reason of sick) log(reason);
      const after = { ...before, looks: before.looks + 1, sickLooks: before.sickLooks + 1 };
      const isLate = now.getTime() > new Date(before.startedAt).getTime() + config.timeoutSeconds * 1000;
      const wasWell = before.healthySince !== null;
      if ((wasWell && after.sickLooks > toleratedSickLooks) || isLate) {
        throw new VerificationFailedError(`${target.name} is not healthy: ${sick.join('; ')}`);
      }
      return look(now, 1, `${target.name} must be healthy`, after);
    }

    if (before.healthySince === null) {
      if (config.smokeTests) await runSmokeTests(context, status);
      await runCustomTests(context, config.custom, status);
    }
    judgeTraffic(status.traffic, config.maximumErrorRatePercent, target.name);
    const healthySince = before.healthySince ?? now.toISOString();
    const bakedAt = new Date(healthySince).getTime() + bakeSeconds * 1000;
    const after = { ...before, healthySince, sickLooks: 0, looks: before.looks + 1 };
    if (now.getTime() < bakedAt) {
      const pause = Math.min(Math.max(1, bakeSeconds / 60), 30, (bakedAt - now.getTime()) / 1000);
      return look(now, pause, `${target.name} is watched until ${new Date(bakedAt).toISOString()}`, after);
    }
    const slowest = Math.max(0, ...looks.map((each) => each.responseTimeMs));
    return {
      kind: 'done',
      summary: `${String(looks.length)} services healthy in ${String(after.looks)} looks, slowest ${String(Math.round(slowest))} ms`,
      output: {
        looks: after.looks,
        healthySince,
        requests: status.traffic.requests,
        failed: status.traffic.failed,
      },
      records: { environment: { name: target.name, releaseId: release.id, isVerified: true } },
    };
  },
});

function readCheckpoint({ checkpoint }: StepContext<unknown>, now: Date): Checkpoint {
  const stored = checkpointSchema.safeParse(checkpoint);
  return stored.success ? stored.data : { startedAt: now.toISOString(), healthySince: null, sickLooks: 0, looks: 0 };
}

function look(now: Date, seconds: number, detail: string, checkpoint: Checkpoint) {
  const until = new Date(now.getTime() + seconds * 1000);
  return { kind: 'park', reason: 'bake', detail, until, checkpoint } as const;
}

async function runSmokeTests(
  { promotion, ports, effect, log }: StepContext<unknown>,
  status: Parameters<typeof serviceAddress>[0],
): Promise<void> {
  for (const service of promotion.definition.target.services) {
    for (const smokeUrl of service.smokeUrls) {
      const url = serviceAddress(status, service.name, smokeUrl);
      const result = await ports.probe.probe(url, service.healthCheckTimeoutSeconds, effect.signal);
      log(`smoke ${smokeUrl} of ${service.name}: ${result.isHealthy ? 'ok' : (result.message ?? 'failed')}`);
      if (!result.isHealthy) {
        throw new VerificationFailedError(
          `smoke test ${smokeUrl} of ${service.name} failed: ${result.message ?? 'no answer'}`,
        );
      }
    }
  }
}

function judgeTraffic(
  traffic: { readonly requests: number; readonly failed: number },
  maximumErrorRatePercent: number,
  environment: string,
): void {
  if (traffic.requests < fewestRequestsToJudge) return;
  const errorRate = (traffic.failed / traffic.requests) * 100;
  if (!(errorRate <= maximumErrorRatePercent)) {
    throw new VerificationFailedError(
      `${environment} fails ${errorRate.toFixed(2)} % of its requests, allowed are ${String(maximumErrorRatePercent)} %`,
    );
  }
}
