/** A part of what there is: an application in an environment; `*`: every one. */
export interface SeenPlace {
  readonly application: string;
  readonly environment: string;
}

/** What somebody may see: what lies in one of these places. Undefined: everything. */
export type Sight = readonly SeenPlace[] | undefined;

/** @param environment `*`: what belongs to every environment, which is seen by whoever sees one of them. */
export function isInSight(sight: Sight, application: string, environment: string): boolean {
  return (
    sight === undefined ||
    sight.some((place) => meets(place.application, application) && meets(place.environment, environment))
  );
}

/** What two scopes have in common; undefined: nothing. */
export function commonPlace(one: SeenPlace, other: SeenPlace): SeenPlace | undefined {
  if (!meets(one.application, other.application) || !meets(one.environment, other.environment)) return undefined;
  return {
    application: one.application === '*' ? other.application : one.application,
    environment: one.environment === '*' ? other.environment : one.environment,
  };
}

function meets(one: string, other: string): boolean {
  return one === '*' || other === '*' || one === other;
}
