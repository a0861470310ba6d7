import type { KnownPlace } from '../../places/places-query.ts';

/** Where something counts; `*` is everywhere. */
export interface ScopeChoice {
  readonly application: string;
  readonly environment: string;
}

/** The environments of an application, or of all of them, each once. */
export function environmentsIn(places: readonly KnownPlace[], application: string): readonly string[] {
  const own = places.filter((place) => application === '*' || place.application === application);
  return [...new Set(own.map(({ environment }) => environment))];
}

/** The same environment of another application; where it has none of that name, the first that is offered. */
export function inApplication(application: string, environment: string, offered: readonly string[]): ScopeChoice {
  return { application, environment: offered.includes(environment) ? environment : (offered[0] ?? environment) };
}
