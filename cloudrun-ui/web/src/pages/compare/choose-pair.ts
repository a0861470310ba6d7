import { applicationsOf, type KnownPlace } from '../../places/places-query.ts';
import type { CompareSearch } from './read-compare-search.ts';

/** What is compared: one application, or all of them. */
export interface ChosenPair {
  /** Undefined: every one. */
  readonly application: string | undefined;
  readonly from: string;
  readonly to: string;
  /** From which may be chosen, in the order in which releases pass them. */
  readonly environments: readonly string[];
}

/**
 * What the address names, completed: the only application, and the last step of the way of its releases, which is where
 * most is asked. Undefined: there are no two environments to compare.
 */
export function choosePair(places: readonly KnownPlace[], search: CompareSearch): ChosenPair | undefined {
  const applications = applicationsOf(places);
  const application = search.application ?? (applications.length === 1 ? applications[0] : undefined);
  const environments = [
    ...new Set(
      places
        .filter((place) => application === undefined || place.application === application)
        .map(({ environment }) => environment),
    ),
  ];
  // What the address names and is not there counts as not named.
  const named = (name: string | undefined): string | undefined => environments.find((each) => each === name);
  const to = named(search.to) ?? environments.findLast((each) => each !== named(search.from));
  const before = environments.slice(0, environments.indexOf(to ?? ''));
  const from = [named(search.from), before.at(-1), ...environments].find((each) => each !== undefined && each !== to);
  if (from === undefined || to === undefined) return undefined;
  return { application, from, to, environments };
}
