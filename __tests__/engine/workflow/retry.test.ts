import fc from 'fast-check';
import type { RetryPolicy } from '../../../engine/workflow/definition.ts';
import { retryDelaySeconds } from '../../../engine/workflow/retry.ts';

/** Within the bounds that the rules allow. */
const policy: fc.Arbitrary<RetryPolicy> = fc.record({
  maximumAttempts: fc.integer({ min: 1, max: 100 }),
  initialDelaySeconds: fc.integer({ min: 0, max: 3600 }),
  multiplier: fc.double({ min: 1, max: 10, noNaN: true }),
  maximumDelaySeconds: fc.integer({ min: 0, max: 86_400 }),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
});
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
/** A rollback tries twice as often as a promotion. */
const attempt = fc.integer({ min: 1, max: 200 });

describe('the delay before the next attempt', () => {
  it('is never negative, never above the maximum, and always a number', () => {
    fc.assert(
      fc.property(policy, attempt, random, (each, failed, drawn) => {
        const seconds = retryDelaySeconds(each, failed, drawn);
        return seconds >= 0 && seconds <= each.maximumDelaySeconds * (1 + 1e-9);
      }),
    );
  });

  it('lies in the share that jitter leaves open', () => {
    fc.assert(
      fc.property(policy, attempt, random, (each, failed, drawn) => {
        const full = retryDelaySeconds({ ...each, jitter: 0 }, failed, drawn);
        const seconds = retryDelaySeconds(each, failed, drawn);
        const tolerance = full * 1e-9;
        return seconds <= full + tolerance && seconds >= full * (1 - each.jitter) - tolerance;
      }),
    );
  });

  it('grows with every attempt until it reaches the maximum', () => {
    fc.assert(
      fc.property(policy, attempt, (each, failed) => {
        const steady = { ...each, jitter: 0 };
        return retryDelaySeconds(steady, failed + 1, 0) >= retryDelaySeconds(steady, failed, 0);
      }),
    );
  });

  it('doubles from the first delay, as the rules say', () => {
    const each = { maximumAttempts: 9, initialDelaySeconds: 2, multiplier: 2, maximumDelaySeconds: 60, jitter: 0 };
    expect([1, 2, 3, 4, 5, 6, 7].map((failed) => retryDelaySeconds(each, failed, 0.5))).toEqual([
      2, 4, 8, 16, 32, 60, 60,
    ]);
  });
});
