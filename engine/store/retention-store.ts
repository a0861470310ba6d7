import type { AdministrationEvent } from './administration-store.ts';
import type { ChainHead } from './service-store.ts';

export interface PrunedPromotion extends ChainHead {
  readonly application: string;
  readonly environment: string;
}

export interface PrunedLogs {
  readonly promotions: number;
  readonly lines: number;
}

/**
 * Removes what was kept for as long as it is to be kept. Promotions go as a whole or not at all, and never one that runs,
 * that waits, that brought what runs now or what a rollback returns to, that came since then, or that left something to be
 * done which nobody has done.
 */
export interface RetentionStore {
  /**
   * Signed chains of promotions that ended before a moment and that nothing needs, the oldest end first.
   * @param without promotions that count as removed already.
   */
  prunable(endedBefore: Date, limit: number, without?: readonly string[]): Promise<readonly PrunedPromotion[]>;
  /** How many ended before a moment, needed or not. */
  endedBefore(moment: Date): Promise<number>;
  /**
   * Removes those of the chains that still are as they were and that still nothing needs, with all that is stored about
   * their promotions and with the audit entry of it; nothing when there is none.
   * @returns what was removed.
   */
  prune(
    chains: readonly PrunedPromotion[],
    endedBefore: Date,
    event: (removed: readonly PrunedPromotion[]) => AdministrationEvent,
  ): Promise<readonly PrunedPromotion[]>;
  /** Removes the lines that steps wrote in promotions that ended before a moment; one line stays that says so. */
  pruneLogs(endedBefore: Date, event: (removed: PrunedLogs) => AdministrationEvent): Promise<PrunedLogs>;
}
