import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api } from './client.ts';
import type { components } from './schema.gen.ts';

type Schemas = components['schemas'];
export type Me = Schemas['Me'];
export type Promotion = Schemas['Promotion'];
export type Step = Schemas['Step'];
export type EnvironmentState = Schemas['EnvironmentState'];
export type Closure = Schemas['Closure'];
export type LogLine = Schemas['LogLine'];
export type EndedPromotion = Schemas['EndedPromotion'];

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => answer(api.GET('/api/me', { signal })),
  staleTime: 60_000,
});

export const environmentsQuery = (application?: string) =>
  queryOptions({
    queryKey: ['environments', application ?? null],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/environments', { signal, params: { query: application === undefined ? {} : { application } } }),
      ),
  });

export const closuresQuery = queryOptions({
  queryKey: ['closures'],
  queryFn: ({ signal }) => answer(api.GET('/api/closures', { signal })),
});

export const activePromotionsQuery = queryOptions({
  queryKey: ['promotions', 'active'],
  queryFn: ({ signal }) =>
    answer(api.GET('/api/promotions', { signal, params: { query: { active: 'true', limit: 200 } } })),
});

export type PromotionDetail = Schemas['PromotionDetail'];

/** How often what moves is looked at again, until the stream of events tells it. */
const movingIntervalMs = 1000;

export const promotionQuery = (id: string) =>
  queryOptions({
    queryKey: ['promotion', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/promotions/{promotion}', { signal, params: { path: { promotion: id } } })),
    refetchInterval: ({ state }) => (state.data?.promotion.endedAt === null ? movingIntervalMs : false),
  });

export const logsQuery = (id: string, isMoving: boolean) =>
  queryOptions({
    queryKey: ['logs', id],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/promotions/{promotion}/logs', {
          signal,
          params: { path: { promotion: id }, query: { limit: 5000 } },
        }),
      ),
    refetchInterval: isMoving ? movingIntervalMs : false,
  });

export const trailQuery = (id: string) =>
  queryOptions({
    queryKey: ['trail', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/promotions/{promotion}/events', { signal, params: { path: { promotion: id } } })),
  });

export type Outcome = EndedPromotion['outcome'];

export interface HistoryFilter {
  readonly application?: string | undefined;
  readonly environment?: string | undefined;
  readonly outcome?: Outcome | undefined;
  /** How long ago it ended at most, in hours. */
  readonly hours?: number | undefined;
}

const hourMs = 3_600_000;

export const historyQuery = ({ application, environment, outcome, hours }: HistoryFilter) =>
  infiniteQueryOptions({
    queryKey: ['history', application ?? null, environment ?? null, outcome ?? null, hours ?? null],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/api/history', {
          signal,
          params: {
            query: {
              limit: 50,
              ...(application === undefined ? {} : { application }),
              ...(environment === undefined ? {} : { environment }),
              ...(outcome === undefined ? {} : { outcome: [outcome] }),
              ...(hours === undefined ? {} : { since: new Date(Date.now() - hours * hourMs).toISOString() }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

export const awaitingApprovalQuery = queryOptions({
  queryKey: ['promotions', 'awaiting-approval'],
  queryFn: ({ signal }) =>
    answer(api.GET('/api/promotions', { signal, params: { query: { state: ['PENDING_APPROVAL'], limit: 200 } } })),
  refetchInterval: 5_000,
});
