import pg from 'pg';
import { withLockRetry } from '../../../../functions/db-migration/changes/lock-retry.ts';

const lockIsHeld = () =>
  Promise.reject(Object.assign(new pg.DatabaseError('canceling statement', 0, 'error'), { code: '55P03' }));

/** What is said when a lock is held for as long as anybody is patient. */
function refusalAfter(budgetSeconds: number): Promise<unknown> {
  let elapsed = 0;
  const clock = {
    elapsedMs: () => elapsed,
    sleep: async (milliseconds: number) => {
      elapsed += milliseconds;
    },
  };
  const patience = { lockTimeoutMs: 1, budgetSeconds };
  return withLockRetry({ clock, patience, signal: new AbortController().signal }, lockIsHeld).catch(
    (error: unknown) => error,
  );
}

describe('a lock that stays held', () => {
  it.each([
    [0.01, /^A lock was not free in one attempt over 0\.01 s; nothing of the transaction was kept\./],
    [60, /^A lock was not free in \d+ attempts over 1 min; /],
  ])('is told with how long it was tried, which was %p seconds', async (budgetSeconds, message) => {
    expect(await refusalAfter(budgetSeconds)).toMatchObject({
      code: 'lock-timeout',
      message: expect.stringMatching(message) as string,
    });
  });
});
