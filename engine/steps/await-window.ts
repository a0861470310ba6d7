import { z } from 'zod';
import { describeClosures } from '../schedule/describe-closure.ts';
import { opennessOfPromotion } from '../schedule/openness-of-promotion.ts';
import { defineStep } from '../workflow/step-definition.ts';

/**
 * Parks while the target is closed: outside the path's windows, in a freeze, held. It stands before the slot is taken,
 * so that what waits for Monday keeps nothing else from moving.
 */
export const awaitWindow = defineStep({
  name: 'await-window',
  version: 1,
  oldestVersion: 1,
  phase: 'window',
  title: 'window',
  isOptional: false,
  configSchema: z.object({}),
  async run({ promotion, queries, clock, log }) {
    const { application, toEnvironment } = promotion;
    const now = clock.now();
    const declarations = await queries.declarations(application, toEnvironment, now);
    const openness = opennessOfPromotion(promotion, declarations, now);
    if (openness.isOpen) return { kind: 'done', summary: `${toEnvironment} is open`, output: {} };
    const detail = `${toEnvironment} is ${describeClosures(openness)}`;
    log(detail);
    return { kind: 'park', reason: 'window', detail, until: openness.opensAt, checkpoint: {} };
  },
});
