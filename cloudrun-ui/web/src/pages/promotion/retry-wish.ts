import type { components } from '../../api/schema.gen.ts';

export type RetryRequest = components['schemas']['Retry'];

/** How somebody wants what failed to go on. */
export interface RetryWish {
  readonly reason: string;
  /** Although gates fail. */
  readonly forces: boolean;
  /** Although it is ready only with caution. */
  readonly acknowledges: boolean;
  readonly acceptsDataLoss: boolean;
  /** What was typed to say that the above is on purpose. */
  readonly typed: string;
}

/** What is still to be said; undefined: nothing. @param environment by whose name it is confirmed. */
export function missingOfRetry(wish: RetryWish, environment: string): string | undefined {
  if ((wish.forces || wish.acknowledges) && wish.reason.trim() === '') return 'Say why it goes on all the same';
  if ((wish.forces || wish.acceptsDataLoss) && wish.typed.trim() !== environment)
    return `Type ${environment} to confirm`;
  return undefined;
}

export function retryRequest({ reason, forces, acknowledges, acceptsDataLoss }: RetryWish): RetryRequest {
  const said = reason.trim();
  return {
    ...(said === '' ? {} : { reason: said }),
    ...(forces ? { forces } : {}),
    ...(acknowledges ? { acknowledges: said } : {}),
    ...(acceptsDataLoss ? { acceptsDataLoss } : {}),
  };
}
