import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';

export type Statistics = components['schemas']['Statistics'];
export type Figures = Statistics['total'];

const dayMs = 86_400_000;

/** @param days how far back it counts. */
export const metricsQuery = (days: number) =>
  queryOptions({
    queryKey: ['statistics', days],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/statistics', {
          signal,
          params: { query: { since: new Date(Date.now() - days * dayMs).toISOString() } },
        }),
      ),
  });
