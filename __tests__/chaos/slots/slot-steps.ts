import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { slotResources } from '../../../engine/workflow/run-promotion.ts';
import { defineStep, type StepDefinition } from '../../../engine/workflow/step-definition.ts';
import { testify } from './slot-witness.ts';

export const slotStepNames = ['open', 'work', 'close'] as const;
const longestStayMs = 15;

/** Steps that do nothing but be in the resources that their promotion locks, and say so outside the engine. */
export function slotSteps(folder: string): readonly StepDefinition[] {
  return slotStepNames.map((name) =>
    defineStep<unknown>({
      name,
      version: 1,
      oldestVersion: 1,
      phase: 'move',
      title: name,
      isOptional: false,
      configSchema: z.object({}),
      async run({ promotion, effect }) {
        const resources = slotResources(promotion);
        const line = { promotionId: promotion.id, step: name, fence: effect.fence };
        for (const resource of resources) testify(folder, resource, { event: 'enter', ...line });
        await pause(Math.random() * longestStayMs);
        effect.signal.throwIfAborted();
        for (const resource of resources) testify(folder, resource, { event: 'leave', ...line });
        return { kind: 'done', summary: name, output: {} };
      },
    }),
  );
}
