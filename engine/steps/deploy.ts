import { z } from 'zod';
import { releaseToReturnTo } from '../deployment/release-to-return-to.ts';
import { desiredDeployment, rollOut } from '../deployment/roll-out.ts';
import { defineStep, type StepContext } from '../workflow/step-definition.ts';
import { isAsBackedUp } from './is-as-backed-up.ts';
import { backUpOutputSchema, commitAuthor } from './promote-configuration.ts';

const configSchema = z.object({
  /** The share that the release gets until `shift-canary` has judged it; left out: all requests, at once. */
  canaryPercentage: z.number().min(1).max(99).optional(),
});

/** Moves the environment's branch and its desired deployment, then waits until the target has rolled it out. */
export const deploy = defineStep({
  name: 'deploy',
  version: 1,
  oldestVersion: 1,
  phase: 'deploy',
  title: 'deploy',
  isOptional: false,
  configSchema,
  async run(context) {
    const { promotion, release, config, ports, effect, output } = context;
    const { target } = promotion.definition;
    const { commit, base } = z.object({ commit: z.string(), base: z.string() }).parse(output('promote-configuration'));
    const { repository, branch } = target.configuration;
    await ports.configuration(repository).advance(branch, base, commit, effect);
    const { canaryPercentage } = config;
    const whole = desiredDeployment(promotion.application, release, target, commit);
    const rollout = await rollOut(context, { ...whole, canaryPercentage });
    if (rollout.kind === 'park') return rollout.result;
    const { requests, failed } = rollout.status.traffic;
    const how = canaryPercentage === undefined ? 'rolling' : `canary of ${String(canaryPercentage)} %`;
    return {
      kind: 'done',
      summary: `${how}, ${failed.toLocaleString('en-US')} of ${requests.toLocaleString('en-US')} requests failed`,
      output: { generation: rollout.status.generation, requests, failed },
      // What a canary is tried beside is still what the environment runs.
      ...(canaryPercentage !== undefined
        ? {}
        : { records: { environment: { name: target.name, releaseId: release.id, isVerified: false } } }),
    };
  },
  async compensate(context) {
    const { promotion, ports, effect, log } = context;
    const { target } = promotion.definition;
    const commit = await restoreConfiguration(context);
    // Before it is looked at: whoever was cut off has then deployed, or never will.
    await ports.deployment.fence(target.name, effect);
    const status = await ports.deployment.status(target.name, effect.signal);
    if (isAsBackedUp(context, status)) return { kind: 'done', summary: 'nothing was deployed', output: {} };
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
