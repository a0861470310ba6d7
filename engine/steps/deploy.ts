import { z } from 'zod';
import type { DeploymentStatus, DesiredDeployment } from '../deployment/deployment-target.ts';
import { DeploymentFailedError } from '../deployment/deployment-failed-error.ts';
import { releaseToReturnTo } from '../deployment/release-to-return-to.ts';
import type { Release } from '../release.ts';
import type { EnvironmentTarget } from '../workflow/definition.ts';
import { defineStep, type StepContext, type StepResult } from '../workflow/step-definition.ts';
import { isAsBackedUp } from './is-as-backed-up.ts';
import { backUpOutputSchema, commitAuthor } from './promote-configuration.ts';

const checkpointSchema = z.object({ generation: z.number(), since: z.iso.datetime(), configurationCommit: z.string() });
const rolloutPollSeconds = 0.5;

/** Moves the environment's branch and its desired deployment, then waits until the target has rolled it out. */
export const deploy = defineStep({
  name: 'deploy',
  version: 1,
  oldestVersion: 1,
  phase: 'deploy',
  title: 'deploy',
  isOptional: false,
  configSchema: z.object({}),
  async run(context) {
    const { promotion, release, ports, effect, output } = context;
    const { target } = promotion.definition;
    const { commit, base } = z.object({ commit: z.string(), base: z.string() }).parse(output('promote-configuration'));
    const { repository, branch } = target.configuration;
    await ports.configuration(repository).advance(branch, base, commit, effect);
    const desired = desiredDeployment(promotion.application, release, target, commit);
    const rollout = await rollOut(context, desired);
    if (rollout.kind === 'park') return rollout.result;
    const { requests, failed } = rollout.status.traffic;
    return {
      kind: 'done',
      summary: `rolling, ${failed.toLocaleString('en-US')} of ${requests.toLocaleString('en-US')} requests failed`,
      output: { generation: rollout.status.generation, requests, failed },
      records: { environment: { name: target.name, releaseId: release.id, isVerified: false } },
    };
  },
  async compensate(context) {
    const { promotion, ports, effect, log } = context;
    const { target } = promotion.definition;
    const commit = await restoreConfiguration(context);
    const status = await ports.deployment.status(target.name, effect.signal);
    if (isAsBackedUp(context, status)) {
      // The same again changes nothing but the fence: whoever was cut off before can deploy no more.
      if (status.desired !== undefined)
        await ports.deployment.apply(target.name, status.desired, status.generation, effect);
      return { kind: 'done', summary: 'nothing was deployed', output: {} };
    }
    const { release: returnTo, promotionId } = await releaseToReturnTo(context);
    const desired = desiredDeployment(promotion.application, returnTo, target, commit);
    const rollout = await rollOut(context, desired);
    if (rollout.kind === 'park') return rollout.result;
    effect.signal.throwIfAborted();
    log(`${target.name} serves ${returnTo.name} again`);
    return {
      kind: 'done',
      summary: `${returnTo.name} serves again`,
      output: {},
      records: {
        environment: { name: target.name, releaseId: returnTo.id, isVerified: false, broughtBy: promotionId ?? null },
      },
    };
  },
});

function desiredDeployment(
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

type Rollout =
  | { readonly kind: 'finished'; readonly status: DeploymentStatus }
  | { readonly kind: 'park'; readonly result: Extract<StepResult, { kind: 'park' }> };

/** Applies a desired state once, then looks at it each time the step is resumed. */
async function rollOut(context: StepContext<unknown>, desired: DesiredDeployment): Promise<Rollout> {
  const { promotion, ports, effect, clock, checkpoint } = context;
  const { target } = promotion.definition;
  const before = checkpointSchema.safeParse(checkpoint);
  const status = await ports.deployment.status(target.name, effect.signal);
  const { generation } = await ports.deployment.apply(target.name, desired, status.generation, effect);
  const now = await ports.deployment.status(target.name, effect.signal);
  if (now.observedGeneration >= generation && now.phase === 'available') return { kind: 'finished', status: now };
  if (now.observedGeneration >= generation && now.phase === 'failed') {
    throw new DeploymentFailedError(now.message ?? `${target.name} did not become available`);
  }
  const since = before.success && before.data.generation === generation ? before.data.since : clock.now().toISOString();
  const mostSeconds = target.services.reduce((sum, service) => sum + service.startupTimeoutSeconds, 0);
  if (clock.now().getTime() > new Date(since).getTime() + mostSeconds * 1000) {
    throw new DeploymentFailedError(`${target.name} did not become available within ${String(mostSeconds)} s`);
  }
  const until = new Date(clock.now().getTime() + rolloutPollSeconds * 1000);
  const detail = `${target.name} is rolling out ${desired.release}`;
  const saved = { generation, since, configurationCommit: desired.configurationCommit };
  return { kind: 'park', result: { kind: 'park', reason: 'rollout', detail, until, checkpoint: saved } };
}

/** Puts the configuration back by a commit on top, never by moving the branch backward. @returns the commit to run with. */
async function restoreConfiguration(context: StepContext<unknown>): Promise<string> {
  const { promotion, release, ports, effect, output } = context;
  const { repository, branch, path } = promotion.definition.target.configuration;
  const configuration = ports.configuration(repository);
  const { commit: before } = backUpOutputSchema.parse(output('back-up'));
  await configuration.fence(branch, effect);
  const head = await configuration.head(branch, effect.signal);
  const wanted = await configuration.read(before, path, effect.signal);
  const present = await configuration.read(head, path, effect.signal);
  if (wanted === undefined) throw new Error(`${path} is missing in ${before}, the commit that was backed up`);
  if (wanted === present) return head;
  const commit = await configuration.propose(
    branch,
    {
      change: `${promotion.id}-undo`,
      base: head,
      files: [{ path, content: wanted }],
      message: `Take back ${promotion.application} ${release.name} in ${promotion.toEnvironment}\n\nPromotion: ${promotion.id}\n`,
      author: commitAuthor(promotion.createdAt),
    },
    effect,
  );
  await configuration.advance(branch, head, commit, effect);
  return commit;
}
