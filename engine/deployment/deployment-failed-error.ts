import type { JsonObject } from '../json.ts';
import type { RollbackTrigger } from '../rules/requirement-schema.ts';

/** The target said that the release cannot run there; trying the same again will not help. */
export class DeploymentFailedError extends Error {
  override readonly name = 'DeploymentFailedError';
}

/** The release runs, but is not well: what verification found, in its own words. */
export class VerificationFailedError extends Error {
  override readonly name: string = 'VerificationFailedError';
  /** What it is for the rules, which say whether that takes the release back; any one of them is enough. */
  readonly triggers: readonly RollbackTrigger[];
  /** What was measured until then; stays with the step for those who look. */
  readonly measured: JsonObject | undefined;

  constructor(message: string, triggers: readonly RollbackTrigger[], measured?: JsonObject) {
    super(message);
    this.triggers = triggers;
    this.measured = measured;
  }
}
