import type { Fence } from '../workflow/fence.ts';

/** A report that is to be written, and the fence under which it is. */
export interface DueReport {
  readonly promotionId: string;
  readonly fence: Fence;
}

export interface WrittenReport {
  /** Of the audit trail that it was made from. */
  readonly entries: number;
  /** Where people find it; undefined: the rules want none to be kept. */
  readonly location: string | undefined;
}

/** Which promotions have ended and have a report that tells the whole of it. */
export interface ReportStore {
  /**
   * Takes reports that are due: of promotions that have ended and whose audit trail has grown since the last one. One that
   * is not settled within the lease is given to the next who asks, later each time.
   */
  takeDue(limit: number, leaseSeconds: number, stateVersion: number): Promise<readonly DueReport[]>;
  /** Nothing happens when somebody else has taken it since; it is due again when the trail has grown meanwhile. */
  settle(due: DueReport, written: WrittenReport): Promise<void>;
}
