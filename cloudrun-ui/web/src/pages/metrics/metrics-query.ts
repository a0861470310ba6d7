import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';

export type Statistics = components['schemas']['Statistics'];
export type Figures = Statistics['total'];
export type Trend = components['schemas']['Trend'];
export type TrendPoint = Trend['points'][number];

/** Of what it counts; what is left out is not limited. */
export interface MetricsScope {
  /** How far back. */
  readonly days: number;
  readonly application?: string | undefined;
  readonly environment?: string | undefined;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** More of them nobody compares by eye. */
const mostPlaces = 100;

function keyOf({ days, application, environment }: MetricsScope) {
  return [days, application ?? null, environment ?? null] as const;
}

function words({ days, application, environment }: MetricsScope) {
  return {
    // The same for all who look in the same minute, so that it is counted once for all of them.
    since: new Date(Math.floor(Date.now() / minuteMs) * minuteMs - days * dayMs).toISOString(),
    ...(application === undefined ? {} : { application }),
    ...(environment === undefined ? {} : { environment }),
  };
}

export const metricsQuery = (scope: MetricsScope) =>
  queryOptions({
    queryKey: ['statistics', ...keyOf(scope)],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/statistics', { signal, params: { query: { ...words(scope), places: mostPlaces } } })),
    placeholderData: keepPreviousData,
    meta: { changesWith: { kind: 'nothing' } },
  });

export const trendQuery = (scope: MetricsScope) =>
  queryOptions({
    queryKey: ['trend', ...keyOf(scope)],
    queryFn: ({ signal }) => answer(api.GET('/api/statistics/trend', { signal, params: { query: words(scope) } })),
    placeholderData: keepPreviousData,
    meta: { changesWith: { kind: 'nothing' } },
  });
