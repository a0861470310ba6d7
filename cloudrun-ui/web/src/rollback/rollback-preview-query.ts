import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';
import type { components } from '../api/schema.gen.ts';
import { lossFlags, type ReturnWish } from './return-wish.ts';

export type RollbackPreview = components['schemas']['RollbackPreview'];

/** What a rollback would do; while another wish is asked about, what is shown stays. */
export const rollbackPreviewQuery = (id: string, wish: ReturnWish) =>
  queryOptions({
    queryKey: ['rollback-preview', id, wish.number ?? null, wish.fate],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/promotions/{promotion}/rollback-preview', {
          signal,
          params: {
            path: { promotion: id },
            query: {
              ...(wish.number === undefined ? {} : { number: wish.number }),
              ...Object.fromEntries(Object.keys(lossFlags(wish)).map((name) => [name, 'true' as const])),
            },
          },
        }),
      ),
    placeholderData: keepPreviousData,
    meta: { changesWith: { kind: 'promotion', id } },
  });
