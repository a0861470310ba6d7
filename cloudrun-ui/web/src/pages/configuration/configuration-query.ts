import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';

export type ConfigurationHistory = components['schemas']['ConfigurationHistory'];

export interface Place {
  readonly application: string;
  readonly environment: string;
}

export const configurationQuery = (place: Place) =>
  queryOptions({
    queryKey: ['configuration', place.application, place.environment],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/applications/{application}/environments/{environment}/configuration', {
          signal,
          params: { path: { ...place }, query: { limit: 50 } },
        }),
      ),
    meta: { changesWith: { kind: 'application', application: place.application } },
  });

/** With what the newest values of a place, or those of a commit, are compared. */
export type DiffWish =
  | { readonly kind: 'environment'; readonly against: string }
  | { readonly kind: 'versions'; readonly from: string; readonly to: string };

export const configurationDiffQuery = (place: Place, wish: DiffWish) =>
  queryOptions({
    queryKey: [
      'configuration-diff',
      place.application,
      place.environment,
      ...(wish.kind === 'environment' ? ['against', wish.against] : [wish.from, wish.to]),
    ],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/applications/{application}/environments/{environment}/configuration-diff', {
          signal,
          params: {
            path: { ...place },
            query: wish.kind === 'environment' ? { against: wish.against } : { from: wish.from, to: wish.to },
          },
        }),
      ),
    placeholderData: keepPreviousData,
    meta: { changesWith: { kind: 'nothing' } },
  });
