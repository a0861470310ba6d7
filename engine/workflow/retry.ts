import type { RetryPolicy } from './definition.ts';
import type { ErrorCategory } from './error-report.ts';

/** What holds for errors of a category: the policy with what the rules say otherwise about it. */
export function retryPolicyFor(policy: RetryPolicy, category: ErrorCategory): RetryPolicy {
  return { ...policy, ...policy.byCategory?.[category] };
}

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
