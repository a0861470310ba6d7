import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from './client.ts';
import './live/live-meta.ts';
import type { components } from './schema.gen.ts';

type Schemas = components['schemas'];
export type Me = Schemas['Me'];
export type Promotion = Schemas['Promotion'];
/** As lists tell it: without its steps. */
export type PromotionSummary = Schemas['PromotionSummary'];
export type Step = Schemas['Step'];
export type EnvironmentState = Schemas['EnvironmentState'];
export type Closure = Schemas['Closure'];
export type ComingFreeze = Schemas['ComingFreeze'];
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

/** Two screens full, so that the first one is there soon; those behind them are asked for when somebody comes near. */
const firstRows = 40;
const furtherRows = 100;

export const matrixQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['matrix', search],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/api/matrix', {
          signal,
          params: {
            query: {
              limit: pageParam === null ? firstRows : furtherRows,
              ...(search === '' ? {} : { search }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    // Row by row, and only those in sight: see pages/home/use-fresh-rows.ts.
    meta: { changesWith: { kind: 'nothing' } },
  });

/** Of a list to choose from. */
const mostFound = 20;

/** Names of applications with a text in them. */
export const applicationsQuery = (search: string) =>
  queryOptions({
    queryKey: ['applications', search],
    queryFn: async ({ signal }): Promise<readonly string[]> => {
      const query = { limit: mostFound, ...(search === '' ? {} : { search }) };
      const { items } = await answer(api.GET('/api/matrix', { signal, params: { query } }));
      return items.map(({ application }) => application);
    },
    placeholderData: keepPreviousData,
  });

export type Inbox = Schemas['Inbox'];

/** What waits for whoever looks. */
export const inboxQuery = queryOptions({
  queryKey: ['inbox'],
  queryFn: ({ signal }) => answer(api.GET('/api/inbox', { signal, params: { query: { limit: 100 } } })),
  meta: { changesWith: { kind: 'any-promotion' } },
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
    meta: { changesWith: { kind: 'application', application } },
  });

export type Plan = NonNullable<Schemas['Plan']>;
export type Check = Schemas['Check'];

export const planQuery = (id: string, planHash: string | null) =>
  queryOptions({
    queryKey: ['plan', id, planHash],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/promotions/{promotion}/plan', { signal, params: { path: { promotion: id } } })),
    staleTime: Infinity,
    meta: { changesWith: { kind: 'nothing' } },
  });

export const reportQuery = (id: string, updatedAt: string) =>
  queryOptions({
    queryKey: ['report', id, updatedAt],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/promotions/{promotion}/report', { signal, params: { path: { promotion: id } } })),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    meta: { changesWith: { kind: 'nothing' } },
  });

export type PromotionDetail = Schemas['PromotionDetail'];

export const promotionQuery = (id: string) =>
  queryOptions({
    queryKey: ['promotion', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/promotions/{promotion}', { signal, params: { path: { promotion: id } } })),
    meta: { changesWith: { kind: 'promotion', id } },
  });

export const trailQuery = (id: string) =>
  queryOptions({
    queryKey: ['trail', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/promotions/{promotion}/events', { signal, params: { path: { promotion: id } } })),
    meta: { changesWith: { kind: 'promotion', id } },
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

function historyWords({ application, environment, outcome, hours }: HistoryFilter) {
  return {
    limit: 50,
    ...(application === undefined ? {} : { application }),
    ...(environment === undefined ? {} : { environment }),
    ...(outcome === undefined ? {} : { outcome: [outcome] }),
    ...(hours === undefined ? {} : { since: new Date(Date.now() - hours * hourMs).toISOString() }),
  };
}

function historyKey({ application, environment, outcome, hours }: HistoryFilter) {
  return [application ?? null, environment ?? null, outcome ?? null, hours ?? null] as const;
}

export const historyQuery = (filter: HistoryFilter) =>
  infiniteQueryOptions({
    queryKey: ['history', ...historyKey(filter)],
    queryFn: ({ signal, pageParam }) => {
      const query = { ...historyWords(filter), ...(pageParam === null ? {} : { cursor: pageParam }) };
      return answer(api.GET('/api/history', { signal, params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    // What came since announces itself above it: see pages/history/use-newer-ones.ts.
    staleTime: Infinity,
    meta: { changesWith: { kind: 'nothing' } },
  });

/** What ended since the newest of a list did. */
export const newerHistoryQuery = (filter: HistoryFilter, newest: string | undefined) =>
  queryOptions({
    queryKey: ['newer-history', ...historyKey(filter), newest ?? null],
    queryFn: ({ signal }) => {
      const query = { ...historyWords(filter), ...(newest === undefined ? {} : { since: newest }) };
      return answer(api.GET('/api/history', { signal, params: { query } }));
    },
    meta: { changesWith: { kind: 'any-promotion' } },
  });

export const awaitingApprovalQuery = queryOptions({
  queryKey: ['promotions', 'awaiting-approval'],
  queryFn: ({ signal }) =>
    answer(api.GET('/api/promotions', { signal, params: { query: { state: ['PENDING_APPROVAL'], limit: 200 } } })),
  meta: { changesWith: { kind: 'any-promotion' } },
});
