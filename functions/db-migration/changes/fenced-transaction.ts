import type pg from 'pg';
import type { CallContext } from '../context.ts';
import { takeFence } from '../control/fence.ts';
import { inTransaction } from '../session.ts';
import { withLockRetry } from './lock-retry.ts';

/** What a transaction answered, and how long it may have kept others waiting. */
export interface FencedResult<T> {
  readonly value: T;
  /** From the first statement after the fence to the end of the commit: waiting in the lock queue blocks others too. */
  readonly lockedMs: number;
}

/**
 * Runs work in one transaction that holds the fence, and again from the start when it gave up waiting for a lock.
 * @param work answers its value; `lockedMs()` tells how long the longest attempt has lasted so far
 * @throws FunctionError `stale-fence`, `lock-timeout`
 */
export async function fencedTransaction<T>(
  session: pg.Client,
  context: CallContext,
  fence: number,
  work: (lockedMs: () => number) => Promise<T>,
): Promise<FencedResult<T>> {
  const { clock, patience } = context;
  let longest = 0;
  const value = await withLockRetry(context, async () => {
    let began: number | undefined;
    const lockedMs = (): number => Math.max(longest, began === undefined ? 0 : clock.elapsedMs() - began);
    try {
      return await inTransaction(session, 'BEGIN', async () => {
        await session.query(`SET LOCAL lock_timeout = ${String(Math.trunc(patience.lockTimeoutMs))}`);
        await takeFence(session, fence);
        began = clock.elapsedMs();
        return await work(lockedMs);
      });
    } finally {
      longest = lockedMs();
    }
  });
  return { value, lockedMs: longest };
}
