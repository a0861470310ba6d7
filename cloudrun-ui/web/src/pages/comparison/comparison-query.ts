import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';

export type ComparedPromotion = components['schemas']['ComparedPromotion'];

export const promotionComparisonQuery = (one: string, other: string) =>
  queryOptions({
    queryKey: ['promotion-comparison', one, other],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/promotion-comparison', { signal, params: { query: { one, other } } })),
    meta: { changesWith: { kind: 'nothing' } },
  });
