import type { RetryPolicy } from './definition.ts';

/**
 * How long to wait before the next attempt: exponential, bounded, with a random share so that many promotions that
 * failed together do not come back together.
 * @param attempt the attempt that failed, from 1.
 * @param random a number in [0, 1).
 */
export function retryDelaySeconds(policy: RetryPolicy, attempt: number, random: number): number {
  const full = Math.min(policy.initialDelaySeconds * policy.multiplier ** (attempt - 1), policy.maximumDelaySeconds);
  return full * (1 - policy.jitter) + full * policy.jitter * random;
}
