/** A lease that is not renewed for so long may be taken over. */
export const defaultLeaseSeconds = 30;

/** Leases are renewed three times in their length; when less than a third is left, two renewals in a row are missing. */
const silentBelowSeconds = defaultLeaseSeconds / 3;

/** The run that held a promotion and is not heard of any more. */
export interface GoneRun {
  /** How long ago it was last heard of. */
  readonly silentSeconds: number;
  /** When another run may take the promotion over, on the clock of the engine's database. */
  readonly takeOverAt: Date;
  /** Until then; not above 0: at any moment. */
  readonly takeOverInSeconds: number;
}

/**
 * @param leftSeconds until the lease ends, on the database's clock.
 * @returns undefined while the run was heard of lately.
 */
export function goneRun(leaseUntil: Date, leftSeconds: number): GoneRun | undefined {
  if (leftSeconds >= silentBelowSeconds) return undefined;
  return {
    silentSeconds: defaultLeaseSeconds - leftSeconds,
    takeOverAt: leaseUntil,
    takeOverInSeconds: leftSeconds,
  };
}
