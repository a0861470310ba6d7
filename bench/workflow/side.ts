/** What is compared: this engine, and DBOS in the two ways in which it keeps twenty workflows running. */
export const sideNames = ['ours', 'dbos-queue', 'dbos-direct'] as const;
export type SideName = (typeof sideNames)[number];

/** One measured run. */
export interface RoundRequest {
  /** Tells this round's work from that of others in the same database. */
  readonly round: string;
  /** Promotions, or workflows, of ten steps each. */
  readonly count: number;
  /** How many run side by side. */
  readonly concurrency: number;
}

/** One side of the comparison, open and ready. */
export interface Side {
  /**
   * Requests `count` pieces of work and runs them all to their end.
   * @returns seconds from the first request until the last one is stored as completed.
   * @throws when the database does not hold every completed piece of work with all its steps.
   */
  run(request: RoundRequest): Promise<number>;
  close(): Promise<void>;
}

export const stepCount = 10;

/** What every step of either side answers. */
export function stepResult(index: number): { readonly step: number; readonly status: string } {
  return { step: index + 1, status: 'ok' };
}
