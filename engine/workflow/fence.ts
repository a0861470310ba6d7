/**
 * Monotonic token of the lease under which an effect is made. Every claim of a promotion, and every taking of a slot,
 * draws a higher one, so a target that refuses any token lower than the highest it has seen is safe from a worker
 * that was stopped, lost its lease and woke up again (design, section 5).
 */
export type Fence = number;

/** What every outside effect carries: who may make it, under which name it is looked up again, and when to give up. */
export interface Effect {
  /** `promotion:step`, the idempotency key: an effect that is found under this key is not made again. */
  readonly key: string;
  readonly fence: Fence;
  readonly signal: AbortSignal;
}

/** The target has seen a higher fence: the lease was lost and the caller must stop without writing anything more. */
export class StaleFenceError extends Error {
  override readonly name = 'StaleFenceError';
  readonly target: string;
  readonly fence: Fence;
  readonly highest: Fence;

  constructor(target: string, fence: Fence, highest: Fence) {
    super(`${target} refused fence ${String(fence)}: a newer run holds ${String(highest)}`);
    this.target = target;
    this.fence = fence;
    this.highest = highest;
  }
}

/** What the target held was not what the caller had read before: somebody else changed it in between. */
export class PreconditionFailedError extends Error {
  override readonly name = 'PreconditionFailedError';
  readonly target: string;
  readonly expected: string;
  readonly actual: string;

  constructor(target: string, expected: string, actual: string) {
    super(`${target} changed meanwhile: expected ${expected}, found ${actual}`);
    this.target = target;
    this.expected = expected;
    this.actual = actual;
  }
}
