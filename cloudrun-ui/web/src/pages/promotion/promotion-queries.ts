import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { LogLine } from '../../api/queries.ts';
import type { components } from '../../api/schema.gen.ts';

type Schemas = components['schemas'];
export type Report = Schemas['PromotionReport'];
export type CanaryCourse = Schemas['CanaryCourse'];
export type MigrationProgress = Schemas['MigrationProgress'];
export type MigrationCourse = MigrationProgress['migrations'][number];
export type PlanSince = Schemas['PlanSince'];

/** @param look changes with every look at the canary. */
export const canaryQuery = (id: string, look: string) =>
  queryOptions({
    queryKey: ['canary', id, look],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/promotions/{promotion}/canary', { signal, params: { path: { promotion: id } } })),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    meta: { changesWith: { kind: 'nothing' } },
  });

/** @param look changes whenever the migration step tells something. */
export const migrationsQuery = (id: string, look: string) =>
  queryOptions({
    queryKey: ['migrations', id, look],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/promotions/{promotion}/migrations', { signal, params: { path: { promotion: id } } })),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    meta: { changesWith: { kind: 'nothing' } },
  });

/** What has changed between a plan that somebody was shown and the one that there is now. */
export const planSinceQuery = (id: string, seen: string, now: string) =>
  queryOptions({
    queryKey: ['plan-since', id, seen, now],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/promotions/{promotion}/plan-since', {
          signal,
          params: { path: { promotion: id }, query: { hash: seen } },
        }),
      ),
    staleTime: Infinity,
    meta: { changesWith: { kind: 'nothing' } },
  });

/** What a rollback of a promotion with this plan would do, as it is known before it moves. */
export const returnQuery = (id: string, planHash: string) =>
  queryOptions({
    queryKey: ['return', id, planHash],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/promotions/{promotion}/rollback-preview', { signal, params: { path: { promotion: id } } })),
    staleTime: Infinity,
    meta: { changesWith: { kind: 'nothing' } },
  });

/** More lines at once than these the API does not give. */
const mostLines = 5000;

/** Everything that the steps of a promotion wrote, however much. */
export async function readWholeLog(promotion: string): Promise<readonly LogLine[]> {
  const all: LogLine[] = [];
  for (;;) {
    const query = { after: all.at(-1)?.seq ?? 0, limit: mostLines };
    const { lines, hasMore } = await answer(
      api.GET('/api/promotions/{promotion}/logs', { params: { path: { promotion }, query } }),
    );
    all.push(...lines);
    if (!hasMore) return all;
  }
}
