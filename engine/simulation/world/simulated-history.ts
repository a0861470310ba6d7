import type { Containment, Fix, SourceCommit, SourceDifference, SourceHistory } from '../../source/source-history.ts';
import type { DeclaredFacts } from './declared-facts.ts';

/** Which releases contain which others, as a scenario says; commits have no messages, and there are no branches. */
export class SimulatedHistory implements SourceHistory {
  readonly #facts: DeclaredFacts;

  constructor(facts: DeclaredFacts) {
    this.#facts = facts;
  }

  async between(): Promise<SourceDifference> {
    throw new Error('a simulation has no commits to list');
  }

  async containment(_: string, head: string, commit: string): Promise<Containment> {
    return this.#facts.hasInHistory(head, commit) ? 'commit' : 'absent';
  }

  fixContainment(repository: string, head: string, fix: Fix): Promise<Containment> {
    return this.containment(repository, head, fix.commit);
  }

  async find(): Promise<readonly SourceCommit[]> {
    return [];
  }

  async branchHead(): Promise<string | undefined> {
    return undefined;
  }
}
