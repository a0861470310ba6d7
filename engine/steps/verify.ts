import { instantText } from '../schedule/instant-text.ts';
import { z } from 'zod';
import { VerificationFailedError } from '../deployment/deployment-failed-error.ts';
import { NotMeasuredError } from '../deployment/not-measured-error.ts';
import { judgedOutput } from '../gates/judge-gates.ts';
import { serviceAddress } from '../deployment/service-address.ts';
import { customTestSchema, runCustomTests } from '../verification/run-custom-tests.ts';
import { DatabaseFunctionError } from '../database/database-function-error.ts';
import { fewestRequestsToJudge } from '../metrics/service-levels.ts';
import { awaitLoadTest, type LoadTestStanding } from '../verification/await-load-test.ts';
import { lookAtServices, sickServices } from '../verification/look-at-services.ts';
import { metricBreaches, type Breach } from '../verification/metric-breaches.ts';
import type { GateAnswer } from '../plan/plan.ts';
import { checklistStanding, ticksOfGates } from '../workflow/checklist.ts';
import { defineStep, type StepContext } from '../workflow/step-definition.ts';
import { causeText } from '../wording/cause-text.ts';
import { counted } from '../wording/counted.ts';

const configSchema = z.object({
  /** Until every critical service must have been healthy once. */
  timeoutSeconds: z.number().positive(),
  smokeTests: z.boolean(),
  maximumErrorRatePercent: z.number(),
  /** How long health and metrics must hold before the bake begins; none with engines before version 3. */
  stableForSeconds: z.number().nonnegative().default(0),
  /** Tests of the team's own; left out by engines before version 2. */
  custom: z.array(customTestSchema).default([]),
});

const checkpointSchema = z.object({
  startedAt: z.iso.datetime(),
  healthySince: z.iso.datetime().nullable(),
  sickLooks: z.number(),
  /** Looks in a row at which the database could not be reached. */
  lostDatabaseLooks: z.number().default(0),
  looks: z.number(),
});
type Checkpoint = z.infer<typeof checkpointSchema>;

/** One bad look may be the network; the second in a row is the release. */
const toleratedSickLooks = 1;

/**
 * Watches the release after its deployment: health, smoke, database and metrics, stable for as long as the rules say and
 * then for the whole bake time, and judges the load test after the deployment where the rules demand one. Whatever it finds
 * says which of the rules' reasons for a rollback it is.
 */
export const verify = defineStep({
  name: 'verify',
  version: 4,
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
        const isSilent = looks.some(({ isCritical, hasAnswered }) => isCritical && !hasAnswered);
        const triggers = isSilent ? (['critical-service-unresponsive'] as const) : [];
        throw new VerificationFailedError(`${target.name} is not healthy: ${sick.join('; ')}`, [
          'health-check-failure',
          ...triggers,
        ]);
      }
      return look(now, 1, `${target.name} must be healthy`, after);
    }

    const slowest = Math.round(Math.max(0, ...looks.map((each) => each.responseTimeMs)));
    log(`look ${String(before.looks + 1)}: ${counted(looks.length, 'service')} healthy, slowest ${String(slowest)} ms`);
    if (before.healthySince === null) {
      if (config.smokeTests) await runSmokeTests(context, status);
      await runCustomTests(context, config.custom, status);
    }
    const interruption = plannedInterruption(context);
    judgeTraffic(since(status.traffic, interruption), config.maximumErrorRatePercent, target.name);
    await judgeMetrics(context, new Date(before.startedAt), now, interruption?.endedAt);
    const lostDatabaseLooks = await lookAtDatabase(context, before.lostDatabaseLooks);
    const healthySince = before.healthySince ?? now.toISOString();
    const watchSeconds = config.stableForSeconds + bakeSeconds;
    const bakedAt = new Date(healthySince).getTime() + watchSeconds * 1000;
    const after = { ...before, healthySince, sickLooks: 0, lostDatabaseLooks, looks: before.looks + 1 };
    if (lostDatabaseLooks > 0) return look(now, 1, `the database of ${target.name} must answer`, after);
    const load = await awaitLoadTest(context, new Date(healthySince));
    const loadAnswers = settleLoad(context, load);
    if (load.kind === 'awaited') {
      const waitSeconds = (load.until.getTime() - new Date(healthySince).getTime()) / 1000;
      const detail = `${target.name} is watched until its load test is there, or ${instantText(load.until)}: ${load.why}`;
      return look(now, pauseSeconds(now, waitSeconds, load.until), detail, after);
    }
    if (now.getTime() < bakedAt) {
      const pause = pauseSeconds(now, watchSeconds, new Date(bakedAt));
      return look(now, pause, `${target.name} is watched until ${instantText(new Date(bakedAt))}`, after);
    }
    return {
      kind: 'done',
      summary: [
        `${counted(looks.length, 'service')} healthy in ${counted(after.looks, 'look')}, slowest ${String(slowest)} ms`,
        ...loadAnswers.map(({ detail }) => detail),
      ].join(' · '),
      output: {
        looks: after.looks,
        healthySince,
        requests: status.traffic.requests,
        failed: status.traffic.failed,
        ...(loadAnswers.length === 0 ? {} : judgedOutput(loadAnswers)),
      },
      records: {
        environment: { name: target.name, releaseId: release.id, isVerified: true },
        ticks: ticksAfter(context, loadAnswers, now),
      },
    };
  },
});

function readCheckpoint({ checkpoint }: StepContext<unknown>, now: Date): Checkpoint {
  const stored = checkpointSchema.safeParse(checkpoint);
  if (stored.success) return stored.data;
  return { startedAt: now.toISOString(), healthySince: null, sickLooks: 0, lostDatabaseLooks: 0, looks: 0 };
}

function look(now: Date, seconds: number, detail: string, checkpoint: Checkpoint) {
  const until = new Date(now.getTime() + seconds * 1000);
  return { kind: 'park', reason: 'bake', detail, until, checkpoint } as const;
}

/** Often enough to see an end soon, seldom enough for a long wait; the last look is at the end. */
function pauseSeconds(now: Date, watchSeconds: number, until: Date): number {
  return Math.min(Math.max(1, watchSeconds / 60), 30, (until.getTime() - now.getTime()) / 1000);
}

/**
 * @throws VerificationFailedError when the load test is bad, NotMeasuredError when it was waited for in vain; neither where
 *   somebody overruled that.
 */
function settleLoad({ log }: StepContext<unknown>, standing: LoadTestStanding): readonly GateAnswer[] {
  if (standing.kind !== 'judged') return [];
  const { verdict, detail, forcedBy } = standing.answer;
  log(`${verdict} load: ${detail}`);
  if (verdict === 'fail' && forcedBy === undefined) {
    const Failure = standing.isMissing ? NotMeasuredError : VerificationFailedError;
    throw new Failure(detail, ['load-test-failure']);
  }
  return [standing.answer];
}

/** What was judged here ticks the items behind the promotion that name it. */
function ticksAfter({ promotion }: StepContext<unknown>, answers: readonly GateAnswer[], now: Date) {
  const steps = promotion.steps.map((step) =>
    step.name === 'verify' ? { ...step, output: judgedOutput(answers) } : step,
  );
  const judgedHere = checklistStanding({ ...promotion, steps }, []).filter(
    ({ requirement }) => requirement.phase === 'after' && answers.some(({ gate }) => gate === requirement.gate),
  );
  return ticksOfGates(judgedHere, now);
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
          ['smoke-test-failure'],
        );
      }
    }
  }
}

interface Interruption {
  readonly requests: number;
  readonly failed: number;
  readonly endedAt: Date | undefined;
}

const deployedSchema = z.looseObject({ strategy: z.string(), requests: z.number(), failed: z.number() });

/** What was refused while everything was stopped on purpose, which says nothing about the release. */
function plannedInterruption({ promotion }: StepContext<unknown>): Interruption | undefined {
  const step = promotion.steps.find(({ name }) => name === 'deploy');
  const deployed = deployedSchema.safeParse(step?.output);
  if (!deployed.success || deployed.data.strategy !== 'recreate') return undefined;
  const { requests, failed } = deployed.data;
  return { requests, failed, endedAt: step?.finishedAt };
}

type Traffic = Pick<Interruption, 'requests' | 'failed'>;

/** A target that began to count anew has counted nothing of the interruption. */
function since(traffic: Traffic, interruption: Interruption | undefined): Traffic {
  if (interruption === undefined || traffic.requests < interruption.requests) return traffic;
  return { requests: traffic.requests - interruption.requests, failed: traffic.failed - interruption.failed };
}

function judgeTraffic(traffic: Traffic, maximumErrorRatePercent: number, environment: string): void {
  if (traffic.requests < fewestRequestsToJudge) return;
  const errorRate = (traffic.failed / traffic.requests) * 100;
  if (!(errorRate <= maximumErrorRatePercent)) {
    throw new VerificationFailedError(
      `${environment} fails ${errorRate.toFixed(2)} % of its requests, allowed are ${String(maximumErrorRatePercent)} %`,
      ['slo-violation'],
    );
  }
}

/** What metrics say since the deployment began. Metrics that cannot be read hold nothing against the release. */
async function judgeMetrics(
  { promotion, ports, effect, log }: StepContext<unknown>,
  verificationBegan: Date,
  now: Date,
  interruptedUntil: Date | undefined,
): Promise<void> {
  const began = promotion.steps.find(({ name }) => name === 'deploy')?.startedAt ?? verificationBegan;
  const deployedAt = interruptedUntil ?? began;
  const { target } = promotion.definition;
  let breaches: readonly Breach[];
  try {
    breaches = await metricBreaches(ports, target, deployedAt, now, effect.signal);
  } catch (error) {
    effect.signal.throwIfAborted();
    log(`the metrics of ${target.name} cannot be read: ${causeText(error)}`);
    return;
  }
  if (breaches.length === 0) return;
  throw new VerificationFailedError(
    breaches.map(({ detail }) => detail).join('; '),
    breaches.map(({ trigger }) => trigger),
  );
}

/** One connection that fails may be the network. @returns how many looks in a row the database did not answer. */
async function lookAtDatabase(
  { promotion, ports, effect, log }: StepContext<unknown>,
  lostBefore: number,
): Promise<number> {
  const { target } = promotion.definition;
  if (target.database === undefined) return 0;
  try {
    await ports.database.plan(target.database, [], effect.signal);
    return 0;
  } catch (error) {
    effect.signal.throwIfAborted();
    // Only the function itself can tell that the database is away; that the function is says nothing about it.
    const isLost = error instanceof DatabaseFunctionError && lostCodes.includes(error.code);
    if (!isLost) throw error;
    log(error.message);
    if (lostBefore < toleratedSickLooks) return lostBefore + 1;
    throw new VerificationFailedError(`the database of ${target.name} cannot be reached: ${error.message}`, [
      'database-unreachable',
    ]);
  }
}

const lostCodes: readonly string[] = ['connection-failed', 'connection-lost'];
