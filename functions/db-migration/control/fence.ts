import type pg from 'pg';
import { FunctionError } from '../function-error.ts';

/**
 * Checks and raises the fence inside the caller's transaction. The row stays locked until that ends, so whatever the
 * transaction writes is written under a fence that nobody has passed meanwhile.
 * @returns the highest fence, which is the caller's
 * @throws FunctionError `stale-fence`
 */
export async function takeFence(session: pg.Client, fence: number): Promise<number> {
  await session.query('INSERT INTO promotion_control.fence (highest) VALUES ($1) ON CONFLICT (only_row) DO NOTHING', [
    fence,
  ]);
  const { rows } = await session.query<{ highest: string }>('SELECT highest FROM promotion_control.fence FOR UPDATE');
  const highest = Number(rows[0]?.highest);
  if (fence < highest) {
    throw new FunctionError(
      'stale-fence',
      `Fence ${fence} is stale: this database has seen ${highest}. Stop writing.`,
      {
        highest,
      },
    );
  }
  if (fence > highest) {
    await session.query('UPDATE promotion_control.fence SET highest = $1, raised_at = clock_timestamp()', [fence]);
  }
  return fence;
}
