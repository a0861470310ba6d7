import type { ActionOutcome, ActionRequest, ActionRunner } from '../../actions/action-runner.ts';
import type { DeclaredFacts } from './declared-facts.ts';

/** Runs nothing: commands, containers and calls end as a scenario says. What it says nothing of cannot be run. */
export class SimulatedActions implements ActionRunner {
  readonly #facts: DeclaredFacts;

  constructor(facts: DeclaredFacts) {
    this.#facts = facts;
  }

  async run({ facts }: ActionRequest): Promise<ActionOutcome> {
    const name = facts['PROMOTION_STEP'] ?? '';
    switch (this.#facts.action(name)) {
      case 'succeeds':
        return { kind: 'succeeded', detail: 'succeeds in this scenario' };
      case 'fails':
        return { kind: 'failed', detail: 'fails in this scenario', mayPass: false };
      case undefined:
        throw new Error(`the scenario does not say how ${name} ends; list it under actions`);
    }
  }
}
