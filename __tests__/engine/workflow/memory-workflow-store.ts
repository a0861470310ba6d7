import type { Release } from '../../../engine/release.ts';
import type { ClaimedPromotion, WorkflowStore } from '../../../engine/store/workflow-store.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import type { CommitOutcome, Transition } from '../../../engine/workflow/transition.ts';

/** The process that ran the promotion is gone. */
export class ProcessDied extends Error {
  override readonly name = 'ProcessDied';
}

/** What happens to the next commit instead of its being stored in peace. */
export type Fault = 'die-before' | 'die-after' | 'slot-busy';

/**
 * One promotion's memory, for walking thousands of its ways in a second. It keeps the promises that the contract kit
 * tests on the real store: version and fence are checked, and a commit is whole or not at all.
 */
export class MemoryWorkflowStore implements Pick<
  WorkflowStore,
  'commit' | 'holderOf' | 'load' | 'loadRelease' | 'appendLogs'
> {
  readonly transitions: Transition[] = [];
  readonly #release: Release;
  readonly #nextFault: (transition: Transition) => Fault | undefined;
  #record: PromotionRecord;
  #fences = 0;

  constructor(record: PromotionRecord, release: Release, nextFault: (transition: Transition) => Fault | undefined) {
    this.#record = record;
    this.#release = release;
    this.#nextFault = nextFault;
  }

  get record(): PromotionRecord {
    return this.#record;
  }

  /** Leases the promotion to a new run; whoever had it before has lost it. */
  claim(): ClaimedPromotion {
    this.#record = { ...this.#record, fence: (this.#fences += 1) };
    return { promotion: this.#record, release: this.#release };
  }

  async commit(transition: Transition): Promise<CommitOutcome> {
    if (transition.fence !== undefined && transition.fence !== this.#record.fence) return { outcome: 'lost-lease' };
    if (transition.expectedVersion !== this.#record.version) return { outcome: 'conflict' };
    const fault = transition.fence === undefined ? undefined : this.#nextFault(transition);
    if (fault === 'die-before') throw new ProcessDied();
    if (fault === 'slot-busy' && transition.resources === 'acquire') return { outcome: 'slot-busy' };
    if (transition.resources === 'acquire') this.#fences += 1;
    const fence = transition.resources === 'acquire' ? this.#fences : this.#record.fence;
    const version = this.#record.version + 1;
    // What is stored is text: a record must not need more than its JSON to be taken up again.
    this.#record = { ...structuredClone(transition.record), version, fence };
    this.transitions.push(transition);
    if (fault === 'die-after') throw new ProcessDied();
    return { outcome: 'applied', version, fence };
  }

  /** What was there has gone before anybody could be told its name. */
  async holderOf(): Promise<undefined> {
    return undefined;
  }

  async load(): Promise<PromotionRecord> {
    return this.#record;
  }

  async loadRelease(): Promise<Release> {
    return this.#release;
  }

  async appendLogs(): Promise<void> {
    // Log lines are no part of what is tested through this store.
  }
}
