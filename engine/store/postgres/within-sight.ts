import { sql, type RawBuilder } from 'kysely';
import type { Sight } from '../sight.ts';

/**
 * Conditions that leave of rows with an application and an environment only what may be seen. Where applications are named
 * they stand in a condition of their own, by which an index is found.
 * @param environment undefined: rows that have none, of which whoever sees any environment of their application sees all.
 */
export function withinSight(
  sight: Sight,
  application: RawBuilder<unknown>,
  environment: RawBuilder<unknown> | undefined,
): readonly RawBuilder<unknown>[] {
  if (sight === undefined) return [];
  const applications = [...new Set(sight.map((place) => place.application))];
  const named = applications.includes('*') ? [] : [sql`${application} = any (${applications}::text[])`];
  if (environment === undefined || sight.every((place) => place.environment === '*')) return named;
  const pairs = [sight.map((place) => place.application), sight.map((place) => place.environment)];
  return [
    ...named,
    sql`exists (
      select 1 from unnest(${pairs[0]}::text[], ${pairs[1]}::text[]) as seen (application, environment)
      where seen.application in ('*', ${application}) and seen.environment in ('*', ${environment})
    )`,
  ];
}
