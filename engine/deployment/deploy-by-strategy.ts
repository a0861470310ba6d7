import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { DeploymentStrategy } from '../rules/deployment-strategy.ts';
import { lookBeside } from '../verification/look-at-services.ts';
import type { ChangeEntry } from '../workflow/environment-record.ts';
import type { StepContext } from '../workflow/step-definition.ts';
import { DeploymentFailedError } from './deployment-failed-error.ts';
import type { DeploymentStatus, DesiredDeployment } from './deployment-target.ts';
import { rollOut, type Rollout } from './roll-out.ts';

/** A look at what runs beside may fail once by chance. */
const toleratedSickLooks = 1;
const lookAgainSeconds = 1;

const besideSchema = z.object({ sickLooks: z.number().default(0) });

/**
 * Brings a whole release to its target as the rules have chosen, one stage after the other. Each stage is a desired state
 * of its own, so that whoever takes over sees at which one it stands, and nothing is done twice.
 * @param changes what the environment runs afterwards, recorded with the stage that makes it true.
 * @throws DeploymentFailedError
 */
export async function deployByStrategy(
  context: StepContext<unknown>,
  strategy: DeploymentStrategy,
  whole: DesiredDeployment,
  changes: readonly ChangeEntry[],
): Promise<Rollout> {
  switch (strategy) {
    case 'rolling':
      return rollOut(context, whole, changes);
    case 'recreate':
      return recreate(context, whole, changes);
    case 'blue-green':
      return switchOver(context, whole, changes);
  }
}

/**
 * Stops all of the old release before anything of the new one starts, so that never two releases write at once. Until the
 * new one is ready, requests are refused.
 */
async function recreate(
  context: StepContext<unknown>,
  whole: DesiredDeployment,
  changes: readonly ChangeEntry[],
): Promise<Rollout> {
  const { promotion, ports, effect, log } = context;
  const { name } = promotion.definition.target;
  const { desired } = await ports.deployment.status(name, effect.signal);
  if (isSame(desired, whole)) return rollOut(context, whole, changes);
  if (!isSame(desired, { ...whole, stage: 'stopped' })) {
    log(
      `${name} shuts down gracefully: requests under way are answered, new ones refused until ${whole.release} is ready`,
    );
  }
  const stopping = await rollOut(context, { ...whole, stage: 'stopped' }, changes);
  if (stopping.kind === 'park') return stopping;
  log(`${name} is shut down: nothing of the application runs there, or writes`);
  log(`${name} starts ${whole.release}`);
  return rollOut(context, whole, stopping.changes);
}

/** Starts the release beside what serves, looks at its health there, and only then switches all requests at once. */
async function switchOver(
  context: StepContext<unknown>,
  whole: DesiredDeployment,
  changes: readonly ChangeEntry[],
): Promise<Rollout> {
  const { promotion, ports, effect, log } = context;
  const { target } = promotion.definition;
  const switched: DesiredDeployment = { ...whole, stage: 'switched' };
  const { desired } = await ports.deployment.status(target.name, effect.signal);
  if (!isSame(desired, switched)) {
    const beside = await rollOut(context, { ...whole, stage: 'beside' }, undefined);
    if (beside.kind === 'park') return beside;
    const again = await lookAgainUnlessWell(context, beside.status);
    if (again !== undefined) return again;
    log(
      `all of ${whole.release} is well beside what serves in ${target.name}; the requests are switched to it at once`,
    );
  }
  const rollout = await rollOut(context, switched, changes);
  if (rollout.kind === 'finished') log(`what ran before is kept in ${target.name} until ${whole.release} is verified`);
  return rollout;
}

/** @throws DeploymentFailedError when a critical service is not well there twice in a row. */
async function lookAgainUnlessWell(
  context: StepContext<unknown>,
  status: DeploymentStatus,
): Promise<Rollout | undefined> {
  const { promotion, ports, effect, clock, checkpoint, log } = context;
  const { target } = promotion.definition;
  const { sick, unseen } = await lookBeside(ports, target, status, effect.signal);
  for (const service of unseen)
    log(`${service} is looked at where its users reach it, so its readiness alone speaks for it`);
  if (sick.length === 0) return undefined;
  for (const reason of sick) log(reason);
  const before = besideSchema.safeParse(checkpoint);
  const sickLooks = (before.success ? before.data.sickLooks : 0) + 1;
  if (sickLooks > toleratedSickLooks) {
    throw new DeploymentFailedError(`nothing was switched in ${target.name}: ${sick.join('; ')}`);
  }
  const until = new Date(clock.now().getTime() + lookAgainSeconds * 1000);
  const detail = `what runs beside in ${target.name} must be healthy`;
  return { kind: 'park', result: { kind: 'park', reason: 'rollout', detail, until, checkpoint: { sickLooks } } };
}

function isSame(desired: DesiredDeployment | undefined, wanted: DesiredDeployment): boolean {
  return desired !== undefined && isDeepStrictEqual(comparable(desired), comparable(wanted));
}

/** A member that is undefined is one that is left out. */
function comparable(desired: DesiredDeployment): unknown {
  return JSON.parse(JSON.stringify(desired));
}
