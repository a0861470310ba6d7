/** What the rules promise of an environment; nothing promised is no objective. */
export interface ServiceObjectives {
  readonly availabilityPercent?: number | undefined;
  readonly errorRatePercent?: number | undefined;
  readonly p95Ms?: number | undefined;
  /** The time over which the promises, and the error budget, are meant. */
  readonly windowSeconds: number;
}
