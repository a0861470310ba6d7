import { counted } from '../wording/counted.ts';
import { z } from 'zod';
import { deploymentChanges, runningRelease } from '../deployment/deployment-changes.ts';
import { releaseToReturnTo } from '../deployment/release-to-return-to.ts';
import { LossNotAcceptedError, needsStop, planDatabaseReturn, returnDatabase } from '../database/return-database.ts';
import type { DesiredDeployment } from '../deployment/deployment-target.ts';
import { deployByStrategy } from '../deployment/deploy-by-strategy.ts';
import { desiredDeployment, isRolloutRecorded, rollOut } from '../deployment/roll-out.ts';
import { deploymentStrategySchema } from '../rules/deployment-strategy.ts';
import { PreconditionFailedError } from '../workflow/fence.ts';
import { defineStep, type StepContext } from '../workflow/step-definition.ts';
import type { ChangeEntry } from '../workflow/environment-record.ts';
import { leavesOut } from '../workflow/left-out.ts';
import { isAsBefore } from './is-as-before.ts';
import { promotedConfiguration } from './promoted-configuration.ts';
import { describeValue, proposeConfiguration } from './propose-configuration.ts';
import { restoreConfiguration } from './restore-configuration.ts';
import { ranBefore } from './target-before.ts';

const configSchema = z.object({
  /** The share that the release gets until `shift-canary` has judged it; left out: all requests, at once. */
  canaryPercentage: z.number().min(1).max(99).optional(),
  /** Left out by engines before version 2. */
  strategy: deploymentStrategySchema.default('rolling'),
});
type Context = StepContext<z.infer<typeof configSchema>>;

/** Moves the environment's branch and its desired deployment, then waits until the target has rolled it out. */
export const deploy = defineStep({
  name: 'deploy',
  version: 2,
  oldestVersion: 1,
  phase: 'deploy',
  title: 'deploy',
  isOptional: false,
  configSchema,
  async run(context) {
    const { promotion, release, config, ports, effect } = context;
    const { target } = promotion.definition;
    const movesImages = leavesOut(promotion.definition, 'promote-configuration');
    if (movesImages) await proposeImages(context);
    const { repository, branch } = target.configuration;
    const { commit, base, changes } = await forwardConfiguration(context);
    await ports.configuration(repository).advance(branch, base, commit, effect);
    const { canaryPercentage, strategy } = config;
    const whole = desiredDeployment(promotion.application, release, target, commit);
    const rollout = await (canaryPercentage === undefined
      ? deployByStrategy(context, strategy, whole, changes)
      : rollOut(context, { ...whole, canaryPercentage }, changes));
    if (rollout.kind === 'park') return rollout.result;
    const { requests, failed } = rollout.hasRolled ? rollout.status.traffic : { requests: 0, failed: 0 };
    const how = canaryPercentage === undefined ? strategy : `canary of ${String(canaryPercentage)} %`;
    return {
      kind: 'done',
      summary: rollout.hasRolled
        ? `${how}, ${failed.toLocaleString('en-US')} of ${counted(requests, 'request')} failed`
        : `${release.name} runs already, nothing was rolled out`,
      output: {
        generation: rollout.status.generation,
        requests,
        failed,
        strategy,
        ...(movesImages ? { configuration: { commit, base } } : {}),
      },
      records: {
        changes: rollout.changes,
        // What a canary is tried beside is still what the environment runs.
        ...(canaryPercentage !== undefined
          ? {}
          : { environment: { name: target.name, releaseId: release.id, isVerified: false } }),
      },
    };
  },
  async compensate(context) {
    const { promotion, ports, effect, log } = context;
    const { target } = promotion.definition;
    await refuseWhenOvertaken(context);
    // Before it is looked at: whoever was cut off has then deployed, or never will.
    await ports.deployment.fence(target.name, effect);
    const status = await ports.deployment.status(target.name, effect.signal);
    if (isAsBefore(context, status)) {
      const { changes } = await takeBackConfiguration(context);
      const serving = status.desired?.release;
      const summary =
        serving === undefined ? 'nothing was deployed' : `nothing else was deployed: ${serving} serves on`;
      return { kind: 'done', summary, output: {}, records: { changes } };
    }
    const { release: returnTo, promotionId } = await releaseToReturnTo(context);
    const database = await planDatabaseReturn(context, () => Promise.resolve(returnTo));
    // What the release that returns cannot run on stays as it is: nothing is deployed that could not start.
    if (database.kind === 'refuse') throw new LossNotAcceptedError(database.reason);
    const configuration = await takeBackConfiguration(context);
    const desired = desiredDeployment(promotion.application, returnTo, target, configuration.commit);
    const changes = [...configuration.changes, ...deploymentTakenBack(context, returnTo, status.desired)];
    // Releases that could not run beside each other on the way there cannot on the way back.
    const stops = needsStop(database) || context.config.strategy === 'recreate';
    if (stops && !isServing(status.desired, desired)) {
      const stopping = await rollOut(context, { ...desired, stage: 'stopped' }, changes);
      if (stopping.kind === 'park') return stopping.result;
      if (!needsStop(database)) log(`${target.name} is shut down before ${returnTo.name} starts again`);
      else log(`${target.name} is stopped while its database goes back: ${await returnDatabase(context, database)}`);
    }
    const rollout = await rollOut(context, desired, changes);
    if (rollout.kind === 'park') return rollout.result;
    effect.signal.throwIfAborted();
    log(`${target.name} serves ${returnTo.name} again`);
    return {
      kind: 'done',
      summary: `${returnTo.name} serves again`,
      output: {},
      records: {
        changes: rollout.changes,
        environment: { name: target.name, releaseId: returnTo.id, isVerified: false, broughtBy: promotionId ?? null },
      },
    };
  },
});

/** Where the rules leave out `promote-configuration`, the release's name and images are committed here, and nothing else. */
async function proposeImages(context: Context): Promise<void> {
  const { changed } = await proposeConfiguration(context);
  if (context.checkpoint === undefined) for (const each of changed) context.log(describeValue(each));
}

/** A canary does not change what runs; `shift-canary` does. */
async function forwardConfiguration(
  context: Context,
): Promise<{ readonly commit: string; readonly base: string; readonly changes: readonly ChangeEntry[] }> {
  const { commit, base, changes } = await promotedConfiguration(context);
  const isWhole = context.config.canaryPercentage === undefined;
  return { commit, base, changes: isWhole ? [...changes, ...releaseChanges(context)] : changes };
}

function releaseChanges(context: Context): readonly ChangeEntry[] {
  return deploymentChanges(ranBefore(context), runningRelease(context.release));
}

async function takeBackConfiguration(
  context: Context,
): Promise<{ readonly commit: string; readonly changes: readonly ChangeEntry[] }> {
  const { commit, wasMoved, changes } = await restoreConfiguration(context);
  return { commit, changes: wasMoved ? await configurationTakenBack(context, changes) : [] };
}

/** What was moved and never recorded, because the step was cut off, is told together with its being taken back. */
async function configurationTakenBack(
  context: Context,
  changesBack: readonly ChangeEntry[],
): Promise<readonly ChangeEntry[]> {
  if (isRolloutRecorded(context.promotion.steps.find(({ name }) => name === 'deploy'))) return changesBack;
  return [...(await promotedConfiguration(context)).changes, ...changesBack];
}

function deploymentTakenBack(
  context: Context,
  returnTo: Context['release'],
  desired: DesiredDeployment | undefined,
): readonly ChangeEntry[] {
  const { promotion, config, release } = context;
  const switching = config.canaryPercentage === undefined ? 'deploy' : 'shift-canary';
  const step = promotion.steps.find(({ name }) => name === switching);
  const forward = isRolloutRecorded(step) ? [] : releaseChanges(context);
  const wasWhole = switching === 'deploy' || (step !== undefined && isRolloutRecorded(step));
  // A canary that was never given all requests has replaced nothing, nor has what only ran beside.
  if (!wasWhole || (forward.length > 0 && desired?.stage === 'beside')) return [];
  return [...forward, ...deploymentChanges(runningRelease(release), runningRelease(returnTo))];
}

/**
 * A rollback of what had ended takes back what runs. Somebody who was quicker has deployed something else since, and
 * that is not what a person agreed to take back.
 * @throws PreconditionFailedError
 */
async function refuseWhenOvertaken(context: Context): Promise<void> {
  const { promotion, queries } = context;
  if (promotion.kind !== 'rollback') return;
  const [newest] = await queries.deployedReleases(promotion.application, promotion.toEnvironment);
  if (newest === undefined || newest.release.id === promotion.releaseId) return;
  // What had failed before it was deployed has left what ran before it.
  if (ranBefore(context).release === newest.release.name) return;
  throw new PreconditionFailedError(
    `the release in ${promotion.toEnvironment}`,
    `what ${promotion.rollbackOf ?? promotion.id} had brought`,
    newest.release.name,
  );
}

/** Whether the target was asked to run a release, and not to stop everything before it. */
function isServing(current: DesiredDeployment | undefined, desired: DesiredDeployment): boolean {
  return current?.release === desired.release && current.services.length > 0 && current.stage === undefined;
}
