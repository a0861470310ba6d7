import { resolveEnvironment } from '../rules/environment-targets.ts';
import type { Flags, Rules } from '../rules/schema.ts';
import type { EnvironmentTarget } from './definition.ts';

/** An environment of an application as the rules describe it now. @throws when the rules name no such thing. */
export function environmentTarget(rules: Rules, application: string, name: string): EnvironmentTarget {
  const resolved = resolveEnvironment(rules, application, name);
  const { targets } = resolved;
  const objectives = rules.environments.find((place) => place.name === resolved.environment)?.slo;
  return {
    name: resolved.environment,
    registry: targets.registry,
    configuration: targets.configuration,
    database: targets.database,
    hasFlags: targets.flags.kind !== 'none',
    services: resolved.services.map((service) => ({
      name: service.name,
      kind: service.kind,
      isCritical: service.critical,
      healthUrl: service.healthUrl,
      smokeUrls: service.smokeUrls,
      startupTimeoutSeconds: service.startupTimeoutSeconds,
      healthCheckTimeoutSeconds: service.healthCheckTimeoutSeconds,
      ...(service.maxResponseTimeSeconds === undefined
        ? {}
        : { maximumResponseTimeSeconds: service.maxResponseTimeSeconds }),
    })),
    ...(objectives === undefined ? {} : { objectives }),
    resources: [
      ...(targets.database === undefined ? [] : [`database:${targets.database}`]),
      // A branch has one writer at a time: two would each build on what the other is about to move.
      `configuration:${targets.configuration.repository}#${targets.configuration.branch}`,
      ...flagResources(targets.flags),
      ...resolved.resources.map((resource) => `shared:${resource}`),
    ],
  };
}

/** The flags that a promotion writes, under the name that everybody who writes them has for them. */
function flagResources(flags: Flags): readonly string[] {
  switch (flags.kind) {
    case 'file':
      return [`flags:${flags.path}`];
    case 'flagsmith':
      return [`flags:${flags.server}/${flags.project}/${flags.environment}`];
    case 'none':
      return [];
  }
}
