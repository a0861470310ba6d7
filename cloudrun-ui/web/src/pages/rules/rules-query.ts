import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';

export type Rules = components['schemas']['Rules'];
export type RulesPath = Rules['paths'][number];
export type Roles = components['schemas']['Roles'];

export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal }) => answer(api.GET('/api/rules', { signal })),
});

export const rolesQuery = queryOptions({
  queryKey: ['roles'],
  queryFn: ({ signal }) => answer(api.GET('/api/roles', { signal })),
});

export const explanationQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ['rules-explanation', from, to],
    queryFn: ({ signal }) => answer(api.GET('/api/rules/explanation', { signal, params: { query: { from, to } } })),
  });
