import type { StepDefinition } from './step-definition.ts';

/** A promotion names a step, or a version of one, that this engine does not have. */
export class UnknownStepError extends Error {
  override readonly name = 'UnknownStepError';
  /** Whether a newer engine has it; the promotion is then left to that one. */
  readonly isNewer: boolean;

  constructor(message: string, isNewer: boolean) {
    super(message);
    this.isNewer = isNewer;
  }
}

/** The steps that an engine can run, by name. */
export class StepRegistry {
  readonly #steps: ReadonlyMap<string, StepDefinition>;

  constructor(steps: readonly StepDefinition[]) {
    const byName = new Map<string, StepDefinition>();
    for (const step of steps) {
      if (byName.has(step.name)) throw new Error(`two steps are called ${step.name}`);
      byName.set(step.name, step);
    }
    this.#steps = byName;
  }

  get all(): readonly StepDefinition[] {
    return [...this.#steps.values()];
  }

  /** @throws UnknownStepError when this engine is older or newer than what the promotion was started with. */
  find(name: string, storedVersion: number): StepDefinition {
    const step = this.#steps.get(name);
    if (step === undefined) throw new UnknownStepError(`this engine has no step called ${name}`, true);
    if (storedVersion > step.version || storedVersion < step.oldestVersion) {
      throw new UnknownStepError(
        `${name} version ${String(storedVersion)} cannot run here: this engine has versions ${String(step.oldestVersion)} to ${String(step.version)}`,
        storedVersion > step.version,
      );
    }
    return step;
  }
}
