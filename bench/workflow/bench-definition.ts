import { z } from 'zod';
import type { Definition } from '../../engine/workflow/definition.ts';
import { defineStep, type StepDefinition } from '../../engine/workflow/step-definition.ts';
import { stepCount, stepResult } from './side.ts';

/** Ten steps that only answer, so that what is measured is the workflow and its database. */
export function benchSteps(onLastStep: (promotionId: string) => void): readonly StepDefinition[] {
  return Array.from({ length: stepCount }, (_, index) =>
    defineStep<unknown>({
      name: `step-${String(index + 1)}`,
      version: 1,
      oldestVersion: 1,
      phase: 'move',
      title: `step ${String(index + 1)}`,
      isOptional: false,
      configSchema: z.object({}),
      async run({ promotion }) {
        if (index === stepCount - 1) onLastStep(promotion.id);
        return { kind: 'done', summary: 'ok', output: { ...stepResult(index) } };
      },
    }),
  );
}

const target = (name: string): Definition['target'] => ({
  name,
  registry: `registries/${name}`,
  configuration: { repository: 'configuration', branch: name, path: 'values.yaml' },
  database: undefined,
  hasFlags: false,
  services: [],
  resources: [],
});

export function benchDefinition(steps: readonly StepDefinition[]): Definition {
  return {
    source: target('dev'),
    target: target('staging'),
    gates: [],
    approvalStages: [],
    bakeSeconds: 0,
    contractAfterSeconds: 86_400,
    retry: { maximumAttempts: 3, initialDelaySeconds: 1, multiplier: 2, maximumDelaySeconds: 10, jitter: 0 },
    rollback: { isEnabled: true, timeoutSeconds: 300 },
    steps: steps.map(({ name, version, phase, isOptional }) => ({
      name,
      version,
      phase,
      isOptional,
      isCompensable: false,
      config: {},
    })),
    rulesHash: '0'.repeat(64),
  };
}
