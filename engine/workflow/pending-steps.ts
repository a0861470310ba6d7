import type { Definition } from './definition.ts';
import type { StepRecord } from './promotion.ts';

/** The steps of a definition before any has run. */
export function pendingSteps(definition: Definition): readonly StepRecord[] {
  return definition.steps.map((step, ordinal) => ({
    name: step.name,
    ordinal,
    version: step.version,
    status: 'pending',
    attempt: 0,
    startedAt: undefined,
    finishedAt: undefined,
    summary: undefined,
    output: undefined,
    checkpoint: undefined,
    error: undefined,
    compensation: undefined,
  }));
}
