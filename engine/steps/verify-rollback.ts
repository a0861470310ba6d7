import { z } from 'zod';
import { VerificationFailedError } from '../deployment/deployment-failed-error.ts';
import { releaseToReturnTo } from '../deployment/release-to-return-to.ts';
import type { DeploymentStatus } from '../deployment/deployment-target.ts';
import { lookAtServices, sickServices } from '../verification/look-at-services.ts';
import { defineStep, type StepContext } from '../workflow/step-definition.ts';
import type { DeployedRelease } from '../workflow/step-queries.ts';
import { targetStepOf } from '../workflow/target-step.ts';
import { isAsBefore } from './is-as-before.ts';
import { shutOutUnfinishedBackUp } from './shut-out-unfinished-back-up.ts';

const checkpointSchema = z.object({ startedAt: z.iso.datetime() });
const verificationSeconds = 300;

/** Makes sure that the release which serves again is well; only then is the rollback called one. */
export const verifyRollback = defineStep({
  name: 'verify-rollback',
  version: 1,
  oldestVersion: 1,
  phase: 'restoration',
  title: 'rollback verified',
  isOptional: false,
  configSchema: z.object({}),
  async run(context) {
    const { promotion, ports, clock, effect, checkpoint } = context;
    const { target } = promotion.definition;
    await shutOutUnfinishedBackUp(context);
    const before = await ports.deployment.status(target.name, effect.signal);
    const noted = targetStepOf(promotion.steps);
    const isByHand = promotion.rollback?.confirmedBy !== undefined;
    const isUntouched = !isByHand && (noted?.output === undefined || isAsBefore(context, before));
    if (isUntouched && before.desired === undefined) {
      return { kind: 'done', summary: `nothing ran in ${target.name}, and nothing does`, output: {} };
    }
    // Before its health: the release that was to go may be as well as can be.
    if (isByHand) await releaseThatRuns(context, before);
    const { looks } = await lookAtServices(ports, target, effect.signal);
    const sick = sickServices(looks);
    if (sick.length === 0) {
      // Nothing was deployed, so what runs is what ran, verified as it was.
      if (isUntouched) {
        return { kind: 'done', summary: `${target.name} is as it was`, output: {} };
      }
      const { release: returnTo, promotionId } = await (isByHand
        ? releaseThatRuns(context, before)
        : releaseToReturnTo(context));
      return {
        kind: 'done',
        summary: `${returnTo.name} healthy in ${target.name}`,
        output: { release: returnTo.name },
        records: {
          environment: { name: target.name, releaseId: returnTo.id, isVerified: true, broughtBy: promotionId ?? null },
        },
      };
    }
    const now = clock.now();
    const stored = checkpointSchema.safeParse(checkpoint);
    const startedAt = stored.success ? stored.data.startedAt : now.toISOString();
    if (now.getTime() > new Date(startedAt).getTime() + verificationSeconds * 1000) {
      throw new VerificationFailedError(`${target.name} is not healthy after the rollback: ${sick.join('; ')}`, [
        'health-check-failure',
      ]);
    }
    const until = new Date(now.getTime() + 1000);
    return {
      kind: 'park',
      reason: 'bake',
      detail: `${target.name} must be healthy again`,
      until,
      checkpoint: { startedAt },
    };
  },
});

/**
 * What a person has put back by hand, whichever it is.
 * @throws VerificationFailedError unless it is another release than the one that was to go, and was verified there.
 */
async function releaseThatRuns(
  { promotion, release, queries }: StepContext<unknown>,
  { desired }: DeploymentStatus,
): Promise<DeployedRelease> {
  const { application, toEnvironment } = promotion;
  const name = desired?.release;
  if (name === undefined) throw new VerificationFailedError(`nothing runs in ${toEnvironment}`, []);
  if (name === release.name) {
    throw new VerificationFailedError(`${toEnvironment} still runs ${name}, which was to be taken back`, []);
  }
  const deployed = await queries.deployedReleases(application, toEnvironment);
  const found = deployed.find((each) => each.release.name === name && each.verifiedAt !== undefined);
  if (found === undefined) {
    throw new VerificationFailedError(`${toEnvironment} runs ${name}, which was never verified there`, []);
  }
  const first = deployed.findLast((each) => each.release.id === found.release.id);
  return { ...found, promotionId: first?.promotionId };
}
