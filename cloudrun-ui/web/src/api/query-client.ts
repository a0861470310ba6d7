import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';

/** Old values stay visible with their age while new ones are fetched; what was refused is not asked again by itself. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.isRefusal),
        refetchOnWindowFocus: true,
      },
    },
  });
}
