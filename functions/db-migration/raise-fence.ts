import type { FenceRequest, FenceResponse } from '../../engine/contract/database-function-api.ts';
import { withChangeSession } from './changes/change-session.ts';
import { fencedTransaction } from './changes/fenced-transaction.ts';
import type { CallContext } from './context.ts';

/**
 * Takes the fence and changes nothing else. It waits for an operation that is under way, so that when it answers,
 * nothing under a lower fence is still writing.
 */
export async function raiseFence(
  context: CallContext,
  database: string,
  request: FenceRequest,
): Promise<FenceResponse> {
  return await withChangeSession(context, database, async (session) => {
    await fencedTransaction(session, context, request.fence, () => Promise.resolve());
    return { highest: request.fence };
  });
}
