import { instantText } from '../schedule/instant-text.ts';
import { z } from 'zod';
import { VerificationFailedError } from '../deployment/deployment-failed-error.ts';
import type { CanaryStatus, DeploymentStatus, DesiredDeployment } from '../deployment/deployment-target.ts';
import { NotMeasuredError } from '../deployment/not-measured-error.ts';
import { deploymentChanges, runningRelease } from '../deployment/deployment-changes.ts';
import { desiredDeployment, longestStartSeconds, rollOut } from '../deployment/roll-out.ts';
import { canaryReading, canaryReadingSchema, withReading } from '../verification/canary-readings.ts';
import { judgeCanary, trafficText } from '../verification/judge-canary.ts';
import { PreconditionFailedError } from '../workflow/fence.ts';
import { defineStep, type StepContext, type StepResult } from '../workflow/step-definition.ts';
import { promotedCommit } from './promoted-configuration.ts';
import { ranBefore } from './target-before.ts';
import { describeSeconds } from '../contract/describe-seconds.ts';

const configSchema = z.object({
  /** How long the canary is watched before it gets all requests. */
  durationSeconds: z.number().positive(),
  minimumSuccessPercent: z.number(),
  maximumErrorRatePercent: z.number().optional(),
  checkIntervalSeconds: z.number().positive(),
});
type Context = StepContext<z.infer<typeof configSchema>>;

const watchSchema = z.object({
  /** When the canary was seen first, moved on by every span in which it could not be seen. */
  startedAt: z.iso.datetime().nullable(),
  lookedAt: z.iso.datetime(),
  /** Since when the target cannot say how the canary is. */
  unobservedSince: z.iso.datetime().nullable(),
  sickLooks: z.number(),
  looks: z.number(),
  /** What was seen last, in words; null: there was nothing to compare. */
  seen: z.string().nullable(),
  /** What was seen at each look; engines before this one kept none. */
  readings: z.array(canaryReadingSchema).readonly().default([]),
});
type Watch = z.infer<typeof watchSchema>;

/** One bad look, or one restart, may be the machine; the second one is the release. */
const toleratedSickLooks = 1;
const toleratedRestarts = 1;
/** Where something is wrong one looks again sooner. */
const soonSeconds = 5;

/**
 * Watches the share of the requests that `deploy` gave the release, then gives it all of them. A canary that too few
 * requests reached fails, one that none reached included: what is unknown never passes. Only where no instance is
 * replaced is there nothing to judge, and the step is done at once.
 *
 * It has no compensation: all it changes is the desired deployment, and deploy's compensation replaces that whatever it
 * is by then, under a fence that this step's earlier runs do not pass any more.
 */
export const shiftCanary = defineStep({
  name: 'shift-canary',
  version: 1,
  oldestVersion: 1,
  phase: 'deploy',
  title: 'canary',
  isOptional: false,
  configSchema,
  async run(context) {
    const { promotion, ports, effect } = context;
    const { name } = promotion.definition.target;
    const whole = wholeDeployment(context);
    const watch = readWatch(context);
    const status = await ports.deployment.status(name, effect.signal);
    // A run that was cut off behind its last look has shifted already.
    if (isDesired(status, whole)) return shift(context, whole, watch);
    requireOwnCanary(context, status);

    if (status.phase === 'failed') throw badCanary(context, watch, status.message ?? 'it did not become available');
    if (status.phase !== 'available' || status.canary === undefined) return wait(context, watch, status);
    const { canary } = status;
    const seen = look(context, watch, canary);
    const verdict = canary.services.length === 0 ? ({ kind: 'good' } as const) : judgeCanary(canary, context.config);
    if (verdict.kind === 'bad') throw badCanary(context, seen, verdict.reason);
    if (canary.services.length > 0) {
      if (seen.sickLooks > 0) return lookAgain(context, seen, `the canary in ${name} must be ready`, soonSeconds);
      const endsAt = endOfWatch(context, seen);
      if (context.clock.now() < endsAt) return watchOn(context, seen, canary, endsAt);
      if (verdict.kind === 'undecided') throw badCanary(context, seen, verdict.reason);
      if (verdict.kind === 'unknown') throw unknownCanary(context, seen, verdict.reason);
    }
    // What was judged is this generation and no other.
    await ports.deployment.apply(name, whole, status.generation, effect);
    return shift(context, whole, seen);
  },
});

function wholeDeployment(context: Context): DesiredDeployment {
  const { promotion, release } = context;
  return desiredDeployment(promotion.application, release, promotion.definition.target, promotedCommit(context));
}

function readWatch({ checkpoint, clock }: Context): Watch {
  const stored = watchSchema.safeParse(checkpoint);
  if (stored.success) return stored.data;
  const lookedAt = clock.now().toISOString();
  return { startedAt: null, lookedAt, unobservedSince: null, sickLooks: 0, looks: 0, seen: null, readings: [] };
}

function isDesired({ desired }: DeploymentStatus, whole: DesiredDeployment): boolean {
  return (
    desired?.canaryPercentage === undefined &&
    desired?.release === whole.release &&
    desired.configurationCommit === whole.configurationCommit
  );
}

/** @throws PreconditionFailedError when somebody else deployed since; that is not this step's to judge or to replace. */
function requireOwnCanary({ promotion, output }: Context, status: DeploymentStatus): void {
  const { generation } = z.looseObject({ generation: z.number() }).parse(output('deploy'));
  if (status.generation === generation) return;
  throw new PreconditionFailedError(
    `the deployment of ${promotion.definition.target.name}`,
    `generation ${String(generation)}, the canary`,
    `generation ${String(status.generation)}`,
  );
}

/** The target does not know how the canary is, because it is being started again; that time does not count as watched. */
function wait(context: Context, watch: Watch, status: DeploymentStatus): StepResult {
  const { target } = context.promotion.definition;
  const now = context.clock.now();
  const unobservedSince = watch.unobservedSince ?? now.toISOString();
  const mostSeconds = longestStartSeconds(target);
  const why = status.message ?? 'its instances are being started';
  if (now.getTime() > new Date(unobservedSince).getTime() + mostSeconds * 1000) {
    throw badCanary(context, watch, `it could not be watched for ${describeSeconds(mostSeconds)}: ${why}`);
  }
  const after = { ...watch, startedAt: movedOn(watch, now), lookedAt: now.toISOString(), unobservedSince };
  return lookAgain(context, after, `the canary in ${target.name} cannot be watched: ${why}`, soonSeconds);
}

/** What one look adds. @throws VerificationFailedError when the canary's instances are not well. */
function look(context: Context, before: Watch, canary: CanaryStatus): Watch {
  const now = context.clock.now();
  const isCompared = canary.services.length > 0;
  const readings = isCompared ? withReading(before.readings, canaryReading(canary, now)) : before.readings;
  const watch = { ...before, readings };
  const crashed = canary.services.filter(({ restarts }) => restarts > toleratedRestarts);
  if (crashed.length > 0) {
    const words = crashed.map(({ name, restarts }) => `${name} ended and was restarted ${String(restarts)} times`);
    throw badCanary(context, watch, words.join('; '));
  }
  const sick = canary.services.filter(({ isReady }) => !isReady).map(({ name }) => `${name} is not ready`);
  for (const reason of sick) context.log(reason);
  const sickLooks = sick.length === 0 ? 0 : watch.sickLooks + 1;
  if (sickLooks > toleratedSickLooks) throw badCanary(context, watch, sick.join('; '));
  const startedAt = watch.unobservedSince === null ? watch.startedAt : movedOn(watch, now);
  return {
    startedAt: startedAt ?? now.toISOString(),
    lookedAt: now.toISOString(),
    unobservedSince: null,
    sickLooks,
    looks: watch.looks + 1,
    seen: isCompared ? `${String(canary.percentage)} %: ${trafficText(canary)}` : null,
    readings,
  };
}

function movedOn({ startedAt, lookedAt }: Watch, now: Date): string | null {
  if (startedAt === null) return null;
  return new Date(new Date(startedAt).getTime() + now.getTime() - new Date(lookedAt).getTime()).toISOString();
}

function endOfWatch({ config, clock }: Context, { startedAt }: Watch): Date {
  const start = startedAt === null ? clock.now() : new Date(startedAt);
  return new Date(start.getTime() + config.durationSeconds * 1000);
}

function watchOn(context: Context, watch: Watch, canary: CanaryStatus, endsAt: Date): StepResult {
  const { config, clock, promotion, release, log } = context;
  if (watch.seen !== null) log(watch.seen);
  const share = `${String(canary.percentage)} % of the requests in ${promotion.definition.target.name}`;
  const leftSeconds = (endsAt.getTime() - clock.now().getTime()) / 1000;
  const detail = `${release.name} gets ${share} until ${instantText(endsAt)}; ${trafficText(canary)}`;
  return lookAgain(context, watch, detail, Math.min(config.checkIntervalSeconds, leftSeconds));
}

function lookAgain({ config, clock }: Context, watch: Watch, detail: string, seconds: number): StepResult {
  const pause = Math.min(seconds, config.checkIntervalSeconds);
  const until = new Date(clock.now().getTime() + pause * 1000);
  return { kind: 'park', reason: 'canary', detail, until, checkpoint: watch };
}

async function shift(context: Context, whole: DesiredDeployment, watch: Watch): Promise<StepResult> {
  const { promotion, release } = context;
  const { target } = promotion.definition;
  const changes = deploymentChanges(ranBefore(context), runningRelease(release));
  const rollout = await rollOut(context, whole, changes);
  if (rollout.kind === 'park') {
    return { ...rollout.result, checkpoint: { ...watch, ...rollout.result.checkpoint } };
  }
  return {
    kind: 'done',
    summary: watch.seen ?? `nothing to compare: ${release.name} replaces no instance in ${target.name}`,
    output: { generation: rollout.status.generation, looks: watch.looks, seen: watch.seen, readings: watch.readings },
    records: {
      changes: rollout.changes,
      environment: { name: target.name, releaseId: release.id, isVerified: false },
    },
  };
}

function badCanary({ promotion, release }: Context, watch: Watch, reason: string): VerificationFailedError {
  const where = promotion.definition.target.name;
  return new VerificationFailedError(
    `the canary of ${release.name} in ${where} is not good enough: ${reason}`,
    ['canary-failure'],
    { readings: watch.readings },
  );
}

function unknownCanary({ promotion, release }: Context, watch: Watch, reason: string): NotMeasuredError {
  const where = promotion.definition.target.name;
  return new NotMeasuredError(
    `nobody knows whether the canary of ${release.name} in ${where} is good enough: ${reason}`,
    ['canary-failure'],
    { readings: watch.readings },
  );
}
