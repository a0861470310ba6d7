import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';

/** An application in an environment. */
export interface KnownPlace {
  readonly application: string;
  readonly environment: string;
}

/** Every application that there is, each once. */
export function applicationsOf(places: readonly KnownPlace[]): readonly string[] {
  return [...new Set(places.map(({ application }) => application))];
}

/** Every application and environment that there is, along the paths. */
export const placesQuery = queryOptions({
  queryKey: ['places'],
  queryFn: async ({ signal }): Promise<readonly KnownPlace[]> => {
    const { applications } = await answer(api.GET('/api/places', { signal }));
    return applications.flatMap(({ application, environments }) =>
      environments.map((environment) => ({ application, environment })),
    );
  },
  staleTime: 60_000,
});
