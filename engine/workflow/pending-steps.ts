import type { Definition } from './definition.ts';
import type { StepRecord } from './promotion.ts';

/** What a step has when nothing of it has been done. */
export const notBegun = {
  attempt: 0,
  startedAt: undefined,
  finishedAt: undefined,
  summary: undefined,
  output: undefined,
  checkpoint: undefined,
  error: undefined,
  compensation: undefined,
} as const;

/** The steps of a definition before any has run. */
export function pendingSteps(definition: Definition): readonly StepRecord[] {
  return definition.steps.map((step, ordinal) => ({
    name: step.name,
    ordinal,
    version: step.version,
    status: 'pending',
    ...notBegun,
  }));
}
