import { ApiError } from './api-error.ts';

interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly error: unknown;
}

/** Whether more can be asked for: there is more, it is not on its way, and the server did not refuse it. */
export function canGoOn({ hasNextPage, isFetchingNextPage, error }: Pages): boolean {
  return hasNextPage && !isFetchingNextPage && !(error instanceof ApiError);
}
