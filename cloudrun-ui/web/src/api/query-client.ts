import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';

/**
 * Old values stay visible while new ones are fetched; what was refused is not asked again by itself. What changes, the
 * installation's stream tells (live/live-changes.ts), also to a page that was out of sight: nothing is asked in rounds.
 */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.isRefusal),
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
    },
  });
}
