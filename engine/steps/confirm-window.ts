import { z } from 'zod';
import { describeClosures } from '../schedule/describe-closure.ts';
import { opennessOfPromotion } from '../schedule/openness-of-promotion.ts';
import { defineStep } from '../workflow/step-definition.ts';

/** Judges again once the slot is taken: its turn may have come after the window closed. It then waits without the slot. */
export const confirmWindow = defineStep({
  name: 'confirm-window',
  version: 1,
  oldestVersion: 1,
  phase: 'validation',
  title: 'window confirmed',
  isOptional: false,
  configSchema: z.object({}),
  async run({ promotion, queries, clock }) {
    const { application, toEnvironment } = promotion;
    const now = clock.now();
    const declarations = await queries.declarations(application, toEnvironment, now);
    const openness = opennessOfPromotion(promotion, declarations, now);
    if (openness.isOpen) return { kind: 'done', summary: `${toEnvironment} is still open`, output: {} };
    const reason = `by the time it had the slot, ${toEnvironment} was ${describeClosures(openness)}`;
    return { kind: 'send-back', cause: 'window', reason };
  },
});
