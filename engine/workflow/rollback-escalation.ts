import type { ServiceStore } from '../store/service-store.ts';
import { engineActor } from './actor.ts';
import type { Clock } from './clock.ts';
import { Draft } from './draft.ts';
import type { PromotionRecord } from './promotion.ts';
import type { PromotionState } from './state.ts';
import { describeSeconds } from '../contract/describe-seconds.ts';

/** Where a promotion may stand that is being taken back. */
const states: readonly PromotionState[] = ['INITIALIZING', 'QUEUED', 'ROLLING_BACK'];
const batchSize = 200;

/**
 * Calls somebody when a rollback takes longer than it may, and again after each further such time. The rollback itself
 * goes on: it is never abandoned half-way. Runs beside it, because its step may be what does not end.
 */
export class RollbackEscalation {
  readonly #store: Pick<ServiceStore, 'listPromotions' | 'commit'>;
  readonly #clock: Clock;
  readonly #stateVersion: number;

  constructor(store: Pick<ServiceStore, 'listPromotions' | 'commit'>, clock: Clock, stateVersion: number) {
    this.#store = store;
    this.#clock = clock;
    this.#stateVersion = stateVersion;
  }

  /** @returns how many were escalated; one that somebody wrote to meanwhile is looked at again by the next sweep. */
  async sweep(): Promise<number> {
    const moving = await this.#store.listPromotions({ isActive: true, states, limit: batchSize });
    let escalated = 0;
    for (const record of moving) {
      const now = this.#clock.now();
      const over = timesOver(record, now);
      if (record.stateVersion > this.#stateVersion || over <= (record.rollback?.escalations ?? 0)) continue;
      const draft = new Draft(record, now, this.#stateVersion);
      escalate(draft, over);
      const { outcome } = await this.#store.commit(draft.toTransition(undefined));
      if (outcome === 'applied') escalated += 1;
    }
    return escalated;
  }
}

/** How often its time has passed since it was asked for. */
function timesOver({ rollback, definition }: PromotionRecord, now: Date): number {
  if (rollback === undefined) return 0;
  return Math.floor((now.getTime() - rollback.at.getTime()) / (definition.rollback.timeoutSeconds * 1000));
}

/** @param escalations how often its time has passed; one call is enough for all that nobody made meanwhile. */
function escalate(draft: Draft, escalations: number): void {
  const { definition, toEnvironment, steps, parked } = draft.record;
  const { timeoutSeconds, escalateTo = [] } = definition.rollback;
  const running = steps.find(({ compensation }) => compensation !== undefined && compensation.status !== 'done');
  const stands = parked?.detail ?? (running === undefined ? 'it has not begun' : `undoing ${running.name}`);
  const waited = escalations * timeoutSeconds;
  const reason = `the rollback in ${toEnvironment} has not ended after ${describeSeconds(waited)} and goes on (${stands})`;
  draft.changeRollback({ escalations }, 'rollback-escalated', engineActor, { reason, to: [...escalateTo] });
  draft.announce('rollback.escalated', {
    reason,
    escalateTo: [...escalateTo],
    instructions: [
      `promote logs ${draft.record.id} --follow    # what it does`,
      `promote report ${draft.record.id}    # what happened so far`,
    ],
  });
}
