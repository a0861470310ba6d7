import { z } from 'zod';
import { defineStep } from '../workflow/step-definition.ts';

/** Looks at the target as it is, so that an unreachable one is found before anything is asked of people. */
export const initialize = defineStep({
  name: 'initialize',
  version: 1,
  oldestVersion: 1,
  phase: 'initialize',
  title: 'initialize',
  isOptional: false,
  configSchema: z.object({}),
  async run({ promotion, ports, effect, log }) {
    const { target } = promotion.definition;
    const status = await ports.deployment.status(target.name, effect.signal);
    const head = await ports
      .configuration(target.configuration.repository)
      .head(target.configuration.branch, effect.signal);
    const running = status.desired?.release ?? 'nothing';
    log(`${target.name} runs ${running}; its configuration is at ${head.slice(0, 7)}`);
    return {
      kind: 'done',
      summary: `${target.name} runs ${running}`,
      output: { release: running, configuration: head },
    };
  },
});
