import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';

export type Comparison = components['schemas']['EnvironmentComparison'];
export type Side = Comparison['from'];

/** Two environments of an application. */
export interface Pair {
  readonly application: string;
  readonly from: string;
  readonly to: string;
}

/** Found out there when it is asked for, which takes a moment; so it is kept for a while. */
export const comparisonQuery = (pair: Pair) =>
  queryOptions({
    queryKey: ['environment-comparison', pair.application, pair.from, pair.to],
    queryFn: async ({ signal }): Promise<Comparison> =>
      // The client's types lose members that can only be null; the answer has them.
      (await answer(api.GET('/api/environment-comparison', { signal, params: { query: { ...pair } } }))) as Comparison,
    staleTime: 30_000,
    meta: { changesWith: { kind: 'nothing' } },
  });

/** What is remembered of an application's environments. */
export const statesQuery = (application: string) =>
  queryOptions({
    queryKey: ['environments', application],
    queryFn: ({ signal }) => answer(api.GET('/api/environments', { signal, params: { query: { application } } })),
    meta: { changesWith: { kind: 'application', application } },
  });
