import type { Plan } from '../plan/plan.ts';
import type { ChangeEntry, ChecklistTick, OpenItem } from './environment-record.ts';
import type { Override } from './override.ts';
import type { StepRecords } from './step-definition.ts';
import type { Vote } from './step-queries.ts';
import type { Transition } from './transition.ts';

/** What one transition brings about beside the promotion's own row: collected while it is drafted, stored with it. */
export class Consequences {
  readonly votes: Vote[] = [];
  readonly ticks: ChecklistTick[] = [];
  readonly openItems: OpenItem[] = [];
  readonly changes: ChangeEntry[] = [];
  overrides: readonly Override[] | undefined;
  pauseAutoPromotion: string | undefined;
  markBad: Transition['markBad'];
  #plan: Plan | undefined;
  #environment: Transition['environment'];

  keep({ plan, environment, changes = [], openItems = [] }: StepRecords): void {
    if (plan !== undefined) this.#plan = plan;
    if (environment !== undefined) this.#environment = environment;
    this.changes.push(...changes);
    this.openItems.push(...openItems);
  }

  /** @param changedBy the actor that the changes are laid at. */
  all(changedBy: string) {
    return {
      votes: this.votes,
      ticks: this.ticks,
      openItems: this.openItems,
      changes: this.changes,
      changedBy,
      overrides: this.overrides,
      pauseAutoPromotion: this.pauseAutoPromotion,
      markBad: this.markBad,
      plan: this.#plan,
      environment: this.#environment,
    };
  }
}
