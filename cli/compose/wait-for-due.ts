import type { PromotionRecord } from '../../engine/promotion-service.ts';

type Looked = Pick<PromotionRecord, 'id' | 'parked'>;

export interface DueWork {
  /** Promotions that have not ended. */
  active(): Promise<readonly Looked[]>;
  now(): Date;
  sleep(milliseconds: number): Promise<void>;
}

const pollMs = 100;
/** Long enough for what a promotion does until it waits again; whatever takes longer is told, not waited for. */
const patienceMs = 60_000;

/**
 * Waits until nothing is left that is due by now: whose time to wait is over, or that runs.
 * @returns the ids of what still is after a minute.
 */
export async function untilDueHasRun(work: DueWork): Promise<readonly string[]> {
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const now = work.now().getTime();
    const due = (await work.active()).filter(({ parked }) => {
      if (parked === undefined) return true;
      return parked.until !== undefined && parked.until.getTime() <= now;
    });
    if (due.length === 0 || waitedMs >= patienceMs) return due.map(({ id }) => id);
    await work.sleep(pollMs);
  }
}
