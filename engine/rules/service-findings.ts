import { closest } from './closest-word.ts';
import type { Outline } from './outline.ts';
import type { Finding, SettingPath } from './problem.ts';

type Reference = readonly [word: string | undefined, path: SettingPath];

/** What environments say about services that no application has. */
export function serviceFindings({ applications, environments }: Outline): readonly Finding[] {
  const services = new Set(
    applications.flatMap((application) => application.services.flatMap(({ name }) => name ?? [])),
  );
  // Where there is none at all, that is what is wrong, and the schema says so once.
  if (services.size === 0) return [];
  return environments
    .flatMap((environment, index) => referencesOf(environment, ['environments', index]))
    .flatMap(([word, path]): readonly Finding[] => {
      if (word === undefined || services.has(word)) return [];
      const expected = `a service of an application: ${[...services].slice(0, 20).join(', ')}`;
      return [{ path, expected, suggestion: closest(word, services) }];
    });
}

function referencesOf({ services, testing }: Outline['environments'][number], at: SettingPath): readonly Reference[] {
  const { protectedEndpoints, sensitiveEndpoints, integrations } = testing;
  return [
    ...services.map(({ name }, index): Reference => [name, [...at, 'services', index, 'name']]),
    ...protectedEndpoints.map(({ service }, index): Reference => [
      service,
      [...at, 'testing', 'protectedEndpoints', index, 'service'],
    ]),
    ...sensitiveEndpoints.map(({ service }, index): Reference => [
      service,
      [...at, 'testing', 'sensitiveEndpoints', index, 'service'],
    ]),
    ...integrations.flatMap(({ service, calls }, index): readonly Reference[] => [
      [service, [...at, 'testing', 'integrations', index, 'service']],
      [calls, [...at, 'testing', 'integrations', index, 'calls']],
    ]),
  ];
}
