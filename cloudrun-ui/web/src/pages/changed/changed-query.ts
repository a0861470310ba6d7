import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';

export type ChangesSince = components['schemas']['ChangesSince'];
export type ChangeGroup = ChangesSince['groups'][number];
export type StateAt = components['schemas']['StateAt'];

/** Of what; what is left out is not limited. */
export interface ChangedScope {
  readonly application?: string | undefined;
  readonly environment?: string | undefined;
}

/** More at once nobody reads; whoever needs them names an application. */
const mostChanges = 500;

function words({ application, environment }: ChangedScope) {
  return {
    limit: mostChanges,
    ...(application === undefined ? {} : { application }),
    ...(environment === undefined ? {} : { environment }),
  };
}

/** @param until undefined: now, whenever that is asked. */
export const changesQuery = (scope: ChangedScope, since: Date, until: Date | undefined) =>
  queryOptions({
    queryKey: [
      'changes',
      scope.application ?? null,
      scope.environment ?? null,
      since.toISOString(),
      until?.toISOString() ?? null,
    ],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/changes', {
          signal,
          params: {
            query: {
              ...words(scope),
              since: since.toISOString(),
              ...(until === undefined ? {} : { until: until.toISOString() }),
            },
          },
        }),
      ),
    placeholderData: keepPreviousData,
    meta: { changesWith: { kind: 'any-promotion' } },
  });

export const stateAtQuery = (scope: ChangedScope, at: Date) =>
  queryOptions({
    queryKey: ['state-at', scope.application ?? null, scope.environment ?? null, at.toISOString()],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/state-at', { signal, params: { query: { ...words(scope), at: at.toISOString() } } })),
    placeholderData: keepPreviousData,
    meta: { changesWith: { kind: 'nothing' } },
  });
