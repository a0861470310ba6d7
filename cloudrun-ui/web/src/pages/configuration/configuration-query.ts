import { queryOptions } from '@tanstack/react-query';
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
  });

/** @param against the environment that it is compared with, as both are now. */
export const configurationDiffQuery = (place: Place, against: string) =>
  queryOptions({
    queryKey: ['configuration-diff', place.application, place.environment, against],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/applications/{application}/environments/{environment}/configuration-diff', {
          signal,
          params: { path: { ...place }, query: { against } },
        }),
      ),
  });
