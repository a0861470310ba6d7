/** A lease that is not renewed for so long may be taken over. */
export const defaultLeaseSeconds = 30;

/** Leases are renewed three times in their length; when less than a third is left, two renewals in a row are missing. */
const silentBelowSeconds = defaultLeaseSeconds / 3;

/** A run that was started for a promotion takes so long at most to take it up, on any machine that is not overloaded. */
const startsWithinSeconds = 5;

/** The run that held a promotion, or was to take it up, and is not heard of. */
export interface GoneRun {
  /** Whether it ever took the promotion up; false: it was started for it, and has not been heard of at all. */
  readonly hasBegun: boolean;
  /** How long ago it was last heard of, or started. */
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
    hasBegun: true,
    silentSeconds: defaultLeaseSeconds - leftSeconds,
    takeOverAt: leaseUntil,
    takeOverInSeconds: leftSeconds,
  };
}

/**
 * @param handedAt when a run was started for a promotion that none has taken up since.
 * @param handedSeconds how long ago that was, on the database's clock.
 * @returns undefined while it may still be starting.
 */
export function unbegunRun(handedAt: Date, handedSeconds: number): GoneRun | undefined {
  if (handedSeconds < startsWithinSeconds) return undefined;
  return {
    hasBegun: false,
    silentSeconds: handedSeconds,
    takeOverAt: new Date(handedAt.getTime() + defaultLeaseSeconds * 1000),
    takeOverInSeconds: defaultLeaseSeconds - handedSeconds,
  };
}
