import { z } from 'zod';
import { desiredDeployment, rollOut } from '../deployment/roll-out.ts';
import { PreconditionFailedError } from '../workflow/fence.ts';
import { defineStep } from '../workflow/step-definition.ts';
import { promotedCommit } from './promoted-configuration.ts';

const deployedSchema = z.looseObject({ generation: z.number() });

/**
 * Ends a blue-green deployment: what was kept to switch back to is stopped, now that the release is verified. From here
 * on going back takes as long as starting it.
 */
export const stopPrevious = defineStep({
  name: 'stop-previous',
  version: 1,
  oldestVersion: 1,
  phase: 'deploy',
  title: 'previous release stopped',
  isOptional: false,
  configSchema: z.object({}),
  async run(context) {
    const { promotion, release, ports, effect, output } = context;
    const { target } = promotion.definition;
    const commit = promotedCommit(context);
    const { generation } = deployedSchema.parse(output('deploy'));
    const status = await ports.deployment.status(target.name, effect.signal);
    const isOwn = status.generation === generation || status.desired?.release === release.name;
    if (!isOwn) {
      throw new PreconditionFailedError(
        `the deployment of ${target.name}`,
        `generation ${String(generation)}, the switch to ${release.name}`,
        `generation ${String(status.generation)}`,
      );
    }
    const rollout = await rollOut(context, desiredDeployment(promotion.application, release, target, commit), []);
    if (rollout.kind === 'park') return rollout.result;
    return {
      kind: 'done',
      summary: `nothing but ${release.name} runs in ${target.name}`,
      output: { generation: rollout.status.generation },
    };
  },
});
