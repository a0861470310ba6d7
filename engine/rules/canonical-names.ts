import { EnvironmentNames } from './environment-names.ts';
import type { After, Rules, WideFreeze } from './schema.ts';

/** The same rules with every reference to an environment by its name, so that nobody behind has to know aliases. */
export function withCanonicalNames(rules: Rules): Rules {
  const names = new EnvironmentNames(rules.environments);
  const nameOf = (word: string): string => names.resolve(word) ?? word;
  const freezesOf = (freezes: readonly WideFreeze[]): WideFreeze[] =>
    freezes.map((freeze) => ({ ...freeze, environments: freeze.environments.map(nameOf) }));
  const after = (value: After): After => (typeof value === 'string' ? value : { ...value, of: value.of.map(nameOf) });
  return {
    ...rules,
    mandatory: rules.mandatory.map((entry) => ({ ...entry, into: entry.into.map(nameOf) })),
    applications: rules.applications.map((application) => ({
      ...application,
      freezes: freezesOf(application.freezes),
    })),
    freezes: freezesOf(rules.freezes),
    paths: rules.paths.map((path) => ({
      ...path,
      from: nameOf(path.from),
      to: nameOf(path.to),
      after: after(path.after),
    })),
    ...(rules.hotfix === undefined ? {} : { hotfix: { ...rules.hotfix, entry: nameOf(rules.hotfix.entry) } }),
    notifications: {
      ...rules.notifications,
      routes: rules.notifications.routes.map((route) => ({ ...route, environments: route.environments.map(nameOf) })),
    },
  };
}
