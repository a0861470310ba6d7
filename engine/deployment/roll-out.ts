import { z } from 'zod';
import type { Release } from '../release.ts';
import type { EnvironmentTarget } from '../workflow/definition.ts';
import type { ChangeEntry } from '../workflow/environment-record.ts';
import type { StepRecord } from '../workflow/promotion.ts';
import type { StepContext, StepResult } from '../workflow/step-definition.ts';
import { deploymentEventText } from './deployment-event-text.ts';
import { DeploymentFailedError } from './deployment-failed-error.ts';
import type { DeploymentStatus, DesiredDeployment } from './deployment-target.ts';
import { describeSeconds } from '../contract/describe-seconds.ts';

const checkpointSchema = z.object({
  generation: z.number(),
  since: z.iso.datetime(),
  configurationCommit: z.string(),
  /** Whether what the rollout changes is in the record already; left out by engines before that was recorded. */
  areChangesRecorded: z.boolean().default(false),
  /** How many of the target's events are in the step's log; left out by engines before they were told. */
  eventsTold: z.number().default(0),
});
const rolloutPollSeconds = 0.5;

/** A release as its target should run it, whole. */
export function desiredDeployment(
  application: string,
  release: Release,
  target: EnvironmentTarget,
  configurationCommit: string,
): DesiredDeployment {
  return {
    application,
    release: release.name,
    configurationCommit,
    services: release.content.images.map(({ service, image, digest }) => ({
      name: service,
      repository: `${target.registry}/${image}`,
      digest,
    })),
  };
}

export type Rollout =
  /** @property changes those that are not in the record yet. */
  | {
      readonly kind: 'finished';
      readonly status: DeploymentStatus;
      readonly changes: readonly ChangeEntry[];
      /** False when all of it ran before the step was begun: what the target counted is about something else. */
      readonly hasRolled: boolean;
    }
  | { readonly kind: 'park'; readonly result: Extract<StepResult, { kind: 'park' }> };

/**
 * Applies a desired state once, then looks at it each time the step is resumed.
 * @param changes what it changes, recorded once, with the first answer; undefined: nothing yet, the next one will.
 * @throws DeploymentFailedError when the target gives it up, or takes longer than all services together may.
 */
export async function rollOut(
  context: StepContext<unknown>,
  desired: DesiredDeployment,
  changes: readonly ChangeEntry[] | undefined,
): Promise<Rollout> {
  const { promotion, ports, effect, clock, checkpoint } = context;
  const { target } = promotion.definition;
  const before = checkpointSchema.safeParse(checkpoint);
  const status = await ports.deployment.status(target.name, effect.signal);
  const { generation } = await ports.deployment.apply(target.name, desired, status.generation, effect);
  const now = await ports.deployment.status(target.name, effect.signal);
  const isSameGeneration = before.success && before.data.generation === generation;
  // Whoever goes on after somebody else cannot tell what that one had brought.
  const isFirst = context.attempt === 1 && checkpoint === undefined;
  const ranBefore = isFirst && generation === status.generation && status.phase === 'available';
  const told = isSameGeneration ? before.data.eventsTold : 0;
  const eventsTold = ranBefore ? told : await tellEvents(context, desired, generation, told);
  const areRecorded = before.success && before.data.areChangesRecorded;
  const left = areRecorded ? [] : (changes ?? []);
  if (now.observedGeneration >= generation && now.phase === 'available') {
    return { kind: 'finished', status: now, changes: left, hasRolled: !ranBefore };
  }
  if (now.observedGeneration >= generation && now.phase === 'failed') {
    throw new DeploymentFailedError(now.message ?? `${target.name} did not become available`);
  }
  const since = isSameGeneration ? before.data.since : clock.now().toISOString();
  const mostSeconds = longestStartSeconds(target);
  if (clock.now().getTime() > new Date(since).getTime() + mostSeconds * 1000) {
    throw new DeploymentFailedError(`${target.name} did not become available within ${describeSeconds(mostSeconds)}`);
  }
  const until = new Date(clock.now().getTime() + rolloutPollSeconds * 1000);
  const detail = rolloutDetail(target.name, desired);
  const { configurationCommit } = desired;
  const areChangesRecorded = areRecorded || changes !== undefined;
  const saved = { generation, since, configurationCommit, areChangesRecorded, eventsTold };
  const records = { changes: left };
  return { kind: 'park', result: { kind: 'park', reason: 'rollout', detail, until, checkpoint: saved, records } };
}

/** @returns how many of the events were told. What cannot be read stops no deployment. */
async function tellEvents(
  { promotion, ports, effect, log }: StepContext<unknown>,
  { release }: DesiredDeployment,
  generation: number,
  told: number,
): Promise<number> {
  const { name } = promotion.definition.target;
  const { deployment } = ports;
  const events = await deployment.events?.(name, generation, effect.signal).catch(() => []);
  if (events === undefined) return told;
  for (const event of events.slice(told)) {
    const text = deploymentEventText(event, release);
    if (text !== undefined) log(text);
  }
  return Math.max(told, events.length);
}

function rolloutDetail(environment: string, { release, stage }: DesiredDeployment): string {
  switch (stage) {
    case undefined:
      return `${environment} is rolling out ${release}`;
    case 'stopped':
      return `${environment} is shutting down gracefully, for ${release} to start`;
    case 'beside':
      return `${environment} is starting ${release} beside what serves`;
    case 'switched':
      return `${environment} is switching to ${release}`;
  }
}

/** How long the services of an environment may take to start, one after the other. */
export function longestStartSeconds(target: EnvironmentTarget): number {
  return target.services.reduce((sum, service) => sum + service.startupTimeoutSeconds, 0);
}

/** Whether a step's rollout is in the record: it was finished, or has parked since it was applied. */
export function isRolloutRecorded(step: StepRecord | undefined): boolean {
  if (step?.status === 'done') return true;
  const checkpoint = checkpointSchema.safeParse(step?.checkpoint);
  return checkpoint.success && checkpoint.data.areChangesRecorded;
}
