import {
  environmentServiceSchema,
  type Deployment,
  type EnvironmentService,
  type EnvironmentTargets,
  type Flags,
  type Metrics,
} from './environment-schema.ts';
import { EnvironmentNames } from './environment-names.ts';
import type { Application, Environment, Rules } from './schema.ts';
import { fillTemplate, placeholdersOf } from './templates.ts';

/** One service of an application in an environment, every template filled. */
export interface ResolvedService extends EnvironmentService {
  readonly kind: Application['services'][number]['kind'];
  readonly critical: boolean;
}

/**
 * Where an application lives in an environment. Every template is filled, except that `workload`, `container` and
 * `service` of a deployment keep their `<service>`, which is filled for each service with `nameForService`.
 */
export interface ResolvedEnvironment {
  readonly application: string;
  readonly environment: string;
  readonly targets: EnvironmentTargets;
  readonly services: readonly ResolvedService[];
  /** What is locked beside the slot. */
  readonly resources: readonly string[];
}

/** @throws when the rules name no such application or environment (aliases count). */
export function resolveEnvironment(rules: Rules, application: string, environment: string): ResolvedEnvironment {
  const applied = rules.applications.find(({ name }) => name === application);
  if (applied === undefined) throw new Error(`The rules name no application ${application}.`);
  const name = new EnvironmentNames(rules.environments).resolve(environment);
  const place = rules.environments.find((candidate) => candidate.name === name);
  if (place === undefined) throw new Error(`The rules name no environment ${environment}.`);
  const fill = (template: string): string => fillTemplate(template, { env: place.name, app: applied.name });
  return {
    application: applied.name,
    environment: place.name,
    targets: targetsOf(place.targets, fill, (template) =>
      placeholdersOf(template).includes('service')
        ? fillTemplate(template, { env: place.name, app: applied.name, service: '<service>' })
        : fill(template),
    ),
    services: applied.services.map((service) => serviceOf(service, place, applied.name)),
    resources: place.resources.map(fill),
  };
}

/** Fills the `<service>` that a resolved deployment's names keep. */
export function nameForService(name: string, service: string): string {
  return fillTemplate(name, { service });
}

type Fill = (template: string) => string;

function targetsOf(targets: EnvironmentTargets, fill: Fill, fillButService: Fill): EnvironmentTargets {
  const { configuration, database } = targets;
  return {
    deployment: deploymentOf(targets.deployment, fill, fillButService),
    registry: fill(targets.registry),
    ...(database === undefined ? {} : { database: fill(database) }),
    configuration: {
      ...configuration,
      repository: fill(configuration.repository),
      branch: fill(configuration.branch),
      path: fill(configuration.path),
      ...(configuration.schema === undefined ? {} : { schema: fill(configuration.schema) }),
    },
    flags: flagsOf(targets.flags, fill),
    metrics: metricsOf(targets.metrics, fill),
  };
}

function deploymentOf(deployment: Deployment, fill: Fill, fillButService: Fill): Deployment {
  switch (deployment.kind) {
    case 'local':
      return { ...deployment, directory: fill(deployment.directory) };
    case 'kubernetes':
      return {
        ...deployment,
        namespace: fill(deployment.namespace),
        workload: fillButService(deployment.workload),
        container: fillButService(deployment.container),
      };
    case 'argocd':
      return { ...deployment, application: fill(deployment.application) };
    case 'cloud-run':
      return { ...deployment, service: fillButService(deployment.service) };
  }
}

function flagsOf(flags: Flags, fill: Fill): Flags {
  switch (flags.kind) {
    case 'file':
      return { ...flags, path: fill(flags.path) };
    case 'flagsmith':
      return { ...flags, project: fill(flags.project), environment: fill(flags.environment) };
    case 'none':
      return flags;
  }
}

function metricsOf(metrics: Metrics, fill: Fill): Metrics {
  switch (metrics.kind) {
    case 'prometheus':
      return { ...metrics, selector: fill(metrics.selector) };
    case 'probe':
    case 'google-monitoring':
      return metrics;
  }
}

function serviceOf(
  service: Application['services'][number],
  environment: Environment,
  application: string,
): ResolvedService {
  const settings =
    environment.services.find(({ name }) => name === service.name) ??
    environmentServiceSchema.parse({ name: service.name });
  const fill = (template: string): string =>
    fillTemplate(template, { env: environment.name, app: application, service: service.name });
  return {
    ...settings,
    kind: service.kind,
    critical: service.critical,
    healthUrl: fill(settings.healthUrl),
    smokeUrls: settings.smokeUrls.map(fill),
  };
}
