import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from './client.ts';
import type { components } from './schema.gen.ts';

type Schemas = components['schemas'];
export type Me = Schemas['Me'];
export type Promotion = Schemas['Promotion'];
/** As lists tell it: without its steps. */
export type PromotionSummary = Schemas['PromotionSummary'];
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

export const closuresQuery = queryOptions({
  queryKey: ['closures'],
  queryFn: ({ signal }) => answer(api.GET('/api/closures', { signal })),
});

export type MatrixPage = Schemas['Matrix'];
export type MatrixRow = Schemas['MatrixRow'];

/** How often what others may have changed is looked at again, until the stream of events tells it. */
const restingIntervalMs = 5000;
/** More rows at once than these the API does not give. */
const mostRows = 200;

export const matrixQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['matrix', search],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/api/matrix', {
          signal,
          params: {
            query: {
              limit: mostRows,
              ...(search === '' ? {} : { search }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    refetchInterval: restingIntervalMs,
  });

export type Inbox = Schemas['Inbox'];

/** What waits for whoever looks. */
export const inboxQuery = queryOptions({
  queryKey: ['inbox'],
  queryFn: ({ signal }) => answer(api.GET('/api/inbox', { signal, params: { query: { limit: 100 } } })),
  refetchInterval: restingIntervalMs,
});

export type ReleaseSummary = Schemas['ReleaseSummary'];

export const releasesQuery = (application: string) =>
  queryOptions({
    queryKey: ['releases', application],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/applications/{application}/releases', { signal, params: { path: { application } } })),
  });

export type Permission = Schemas['Permissions']['commands'][number];

/** What whoever looks may do at a place. */
export const permissionsQuery = (application: string, environment: string) =>
  queryOptions({
    queryKey: ['permissions', application, environment],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/permissions', { signal, params: { query: { application, environment } } })),
    staleTime: 60_000,
  });

export type Revision = Schemas['Revision'];

export const revisionsQuery = (application: string, environment: string) =>
  queryOptions({
    queryKey: ['revisions', application, environment],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/applications/{application}/environments/{environment}/revisions', {
          signal,
          params: { path: { application, environment } },
        }),
      ),
  });

export type Plan = NonNullable<Schemas['Plan']>;
export type Check = Schemas['Check'];

export const planQuery = (id: string, planHash: string | null) =>
  queryOptions({
    queryKey: ['plan', id, planHash],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/promotions/{promotion}/plan', { signal, params: { path: { promotion: id } } })),
    staleTime: Infinity,
  });

export const reportQuery = (id: string, updatedAt: string) =>
  queryOptions({
    queryKey: ['report', id, updatedAt],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/promotions/{promotion}/report', { signal, params: { path: { promotion: id } } })),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
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
  refetchInterval: restingIntervalMs,
});
