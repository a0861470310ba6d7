import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import type { AuditSearch } from './read-audit-search.ts';
import { whatGroups } from './what-groups.ts';

export type AuditEntry = components['schemas']['AuditEntry'];
export type AuditStatus = components['schemas']['AuditStatus'];
export type Compliance = components['schemas']['Compliance'];

const hourMs = 3_600_000;
/** How soon it is asked again for a verification that is under way. */
const underWayMs = 1500;

/** Whether the trail is what was written: every chain is read for it, so one answer is good for a minute. */
export const auditStatusQuery = queryOptions({
  queryKey: ['audit-status'],
  queryFn: ({ signal }) => answer(api.GET('/api/audit', { signal })),
  staleTime: 60_000,
  refetchInterval: ({ state }) => (state.data?.verified === null ? underWayMs : false),
});

export const auditEntriesQuery = ({ application, environment, by, what, hours, engine }: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: [
      'audit-entries',
      application ?? null,
      environment ?? null,
      by ?? null,
      what ?? null,
      hours ?? null,
      engine ?? null,
    ],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/api/audit/entries', {
          signal,
          params: {
            query: {
              limit: 100,
              people: engine === true ? 'false' : 'true',
              ...(application === undefined ? {} : { application }),
              ...(environment === undefined ? {} : { environment }),
              ...(by === undefined ? {} : { by }),
              ...(what === undefined ? {} : { type: [...whatGroups[what].types] }),
              ...(hours === undefined ? {} : { since: new Date(Date.now() - hours * hourMs).toISOString() }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    meta: { changesWith: { kind: 'nothing' } },
  });

/** What an export or a report is about. */
export interface AuditScope {
  readonly application?: string | undefined;
  readonly environment?: string | undefined;
  /** Moments, as the API takes them. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** More than a person reads on paper are for the export. */
const mostReported = 500;

export const complianceQuery = (scope: AuditScope) =>
  queryOptions({
    queryKey: [
      'compliance',
      scope.application ?? null,
      scope.environment ?? null,
      scope.since ?? null,
      scope.until ?? null,
    ],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/audit/compliance', { signal, params: { query: { ...given(scope), limit: mostReported } } })),
    meta: { changesWith: { kind: 'nothing' } },
  });

/** Only what is said. */
export function given({ application, environment, since, until }: AuditScope): Readonly<Record<string, string>> {
  return {
    ...(application === undefined ? {} : { application }),
    ...(environment === undefined ? {} : { environment }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
}

/** Where an export is fetched from, as a file. */
export function exportAddress(scope: AuditScope, format: 'csv' | 'jsonl', hasCompliance = false): string {
  const words = new URLSearchParams({ ...given(scope), format, ...(hasCompliance ? { compliance: 'true' } : {}) });
  return `/api/audit/export?${words.toString()}`;
}
