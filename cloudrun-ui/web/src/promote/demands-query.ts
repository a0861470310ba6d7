import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';
import type { components } from '../api/schema.gen.ts';

export type Demand = components['schemas']['RulesExplanation']['settings'][number];

/** What a way asks of an application, in words. */
export const demandsQuery = (application: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['demands', application, from, to],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/rules/explanation', { signal, params: { query: { application, from, to } } })),
    staleTime: 60_000,
  });
