import type { JsonObject } from '../json.ts';
import type { GateAnswer } from '../plan/plan.ts';

/** What a step found out before it failed. */
export interface FoundBeforeFailure {
  /** What was judged. */
  readonly checks?: readonly GateAnswer[];
  readonly measured?: JsonObject;
}

/** What of it stays with the step as its output; undefined where it found nothing. */
export function outputOfFound({ checks = [], measured }: FoundBeforeFailure): JsonObject | undefined {
  if (checks.length === 0) return measured;
  return { ...measured, gates: checks.map((check) => ({ ...check })) };
}

/** The names of the checks that it did not pass. */
export function failedChecks({ checks = [] }: FoundBeforeFailure): readonly string[] {
  return checks.filter(({ verdict }) => verdict === 'fail').map(({ gate }) => gate);
}
