import type { StepRecord } from './promotion.ts';

/** Takes down what the target was before anything changed: one of them runs in every promotion. */
const targetSteps: readonly string[] = ['back-up', 'note-target'];

/** The back-up or, where the rules leave it out, the step that notes what the target was. */
export function targetStepOf<Step extends Pick<StepRecord, 'name'>>(steps: readonly Step[]): Step | undefined {
  return steps.find(isTargetStep);
}

export function isTargetStep({ name }: Pick<StepRecord, 'name'>): boolean {
  return targetSteps.includes(name);
}
