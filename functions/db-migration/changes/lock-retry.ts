import { describeSeconds } from '../../../engine/contract/describe-seconds.ts';
import type { Clock } from '../clock.ts';
import { FunctionError, sqlStateOf } from '../function-error.ts';

/** How a change waits for locks that the application holds. */
export interface LockPatience {
  /** The longest that one attempt waits for a lock; meanwhile others queue behind it. */
  readonly lockTimeoutMs: number;
  /** The longest that attempts are repeated. */
  readonly budgetSeconds: number;
}

const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK_DETECTED = '40P01';
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Repeats a transaction that gave up waiting for a lock, with growing pauses in which the application gets through.
 * @throws FunctionError `lock-timeout` when the budget is spent
 */
export async function withLockRetry<T>(
  options: { readonly clock: Clock; readonly patience: LockPatience; readonly signal: AbortSignal },
  attempt: () => Promise<T>,
): Promise<T> {
  const { clock, patience, signal } = options;
  const deadline = clock.elapsedMs() + patience.budgetSeconds * 1000;
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      const state = sqlStateOf(error);
      if (state !== LOCK_NOT_AVAILABLE && state !== DEADLOCK_DETECTED) throw error;
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1)) * (0.75 + Math.random() / 2);
      if (clock.elapsedMs() + pause > deadline) {
        throw new FunctionError(
          'lock-timeout',
          `A lock was not free in ${attemptsText(attempts)} over ${describeSeconds(patience.budgetSeconds)}; nothing of the transaction was kept. Find the session that holds it (pg_stat_activity, pg_blocking_pids) and call again with the same key.`,
          { sqlState: state },
        );
      }
      await clock.sleep(pause, signal);
    }
  }
}

function attemptsText(attempts: number): string {
  return attempts === 1 ? 'one attempt' : `${String(attempts)} attempts`;
}
