import { z } from 'zod';
import { VerificationFailedError } from '../deployment/deployment-failed-error.ts';
import { lookAtServices, sickServices } from '../verification/look-at-services.ts';
import { defineStep } from '../workflow/step-definition.ts';
import { counted } from '../wording/counted.ts';

const checkpointSchema = z.object({ startedAt: z.iso.datetime() });
const lookAgainSeconds = 1;

/** Makes sure that the release is well without what its contract migrations removed; nothing is taken back when it is not. */
export const verifyContract = defineStep({
  name: 'verify-contract',
  version: 1,
  oldestVersion: 1,
  phase: 'deploy',
  title: 'contract verified',
  isContractOnly: true,
  isOptional: false,
  configSchema: z.object({
    /** How long the services may be unwell after the migrations. */
    timeoutSeconds: z.number().positive(),
  }),
  async run({ promotion, release, config, ports, clock, effect, checkpoint, log }) {
    const { target } = promotion.definition;
    const { looks } = await lookAtServices(ports, target, effect.signal);
    const sick = sickServices(looks);
    if (sick.length === 0) return { kind: 'done', summary: `${counted(looks.length, 'service')} healthy`, output: {} };
    for (const reason of sick) log(reason);
    const now = clock.now();
    const stored = checkpointSchema.safeParse(checkpoint);
    const startedAt = stored.success ? stored.data.startedAt : now.toISOString();
    if (now.getTime() > new Date(startedAt).getTime() + config.timeoutSeconds * 1000) {
      throw new VerificationFailedError(
        `${release.name} is not healthy in ${target.name} since its contract migrations ran: ${sick.join('; ')}`,
        ['health-check-failure'],
      );
    }
    const until = new Date(now.getTime() + lookAgainSeconds * 1000);
    return { kind: 'park', reason: 'bake', detail: `${target.name} must be healthy`, until, checkpoint: { startedAt } };
  },
});
