import { shopServices } from '../../examples/shop/build-release.ts';
import { databaseNameSchema } from '../../engine/contract/database-function-api.ts';
import { resolveEnvironment, type ResolvedEnvironment } from '../../engine/rules/environment-targets.ts';
import { PathGraph } from '../../engine/rules/path-graph.ts';
import type { Rules } from '../../engine/rules/schema.ts';
import { SetupError } from '../setup-error.ts';

/** An environment of the rules that runs on this machine with the sample application in it. */
export interface ShopEnvironment {
  /** What the rules call the sample application. */
  readonly application: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly registry: string;
  readonly database: string;
  readonly configuration: ResolvedEnvironment['targets']['configuration'];
  /** Whether no path leads into it: releases come here from the team's own pipeline. */
  readonly isEntry: boolean;
}

/** What the rules and the person who starts local mode agree on. */
export interface ShopPlaces {
  readonly application: string;
  /** In the order of the rules. */
  readonly environments: readonly ShopEnvironment[];
}

/**
 * The environments of the rules whose deployment is local.
 * @param application default: the only one that the rules name.
 * @throws SetupError when the sample application cannot run there, saying what of the rules keeps it from that.
 */
export function shopPlaces(rules: Rules, application: string | undefined): ShopPlaces {
  const name = application ?? onlyApplication(rules);
  refuseOtherServices(rules, name);
  const graph = new PathGraph(rules);
  const environments = rules.environments
    .filter(({ targets }) => targets.deployment.kind === 'local')
    .map((environment): ShopEnvironment => {
      const { targets } = resolveEnvironment(rules, name, environment.name);
      return {
        application: name,
        name: environment.name,
        aliases: environment.aliases,
        registry: targets.registry,
        database: databaseOf(environment.name, targets.database),
        configuration: targets.configuration,
        isEntry: graph.sourcesOf(environment.name).length === 0,
      };
    });
  if (environments.length === 0) {
    throw new SetupError(
      'none of the environments of the rules runs on this machine',
      'give one of them targets.deployment: { kind: local }',
    );
  }
  return { application: name, environments };
}

/**
 * The environments that a person chose by name or alias; `all` is every one.
 * Default: where releases come in, and the first environment that a path leads to from there. Others cost processor
 * and memory, and start when they are asked for.
 * @throws SetupError for a name that there is not.
 */
export function chosenPlaces(
  rules: Rules,
  { environments }: ShopPlaces,
  words: readonly string[],
): readonly ShopEnvironment[] {
  if (words.includes('all')) return environments;
  const graph = new PathGraph(rules);
  const chosen = words.length > 0 ? words.map((word) => graph.resolve(word) ?? word) : firstSteps(graph, environments);
  const known = environments.map(({ name }) => name);
  const unknown = chosen.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new SetupError(
      `${unknown.join(', ')} is no environment that runs on this machine`,
      `choose of ${known.join(', ')}, or all`,
    );
  }
  return environments.filter(({ name }) => chosen.includes(name));
}

function firstSteps(graph: PathGraph, environments: readonly ShopEnvironment[]): readonly string[] {
  const known = new Set(environments.map(({ name }) => name));
  return environments
    .filter(({ isEntry }) => isEntry)
    .flatMap(({ name }) => [
      name,
      ...graph
        .legalHops(name)
        .filter((hop) => known.has(hop))
        .slice(0, 1),
    ]);
}

function onlyApplication({ applications }: Rules): string {
  const [only, ...others] = applications;
  if (only !== undefined && others.length === 0) return only.name;
  throw new SetupError(
    `the rules name ${applications.map(({ name }) => name).join(', ')}, and local mode runs one application`,
    'say which with --application <name>',
  );
}

function refuseOtherServices(rules: Rules, name: string): void {
  const application = rules.applications.find((each) => each.name === name);
  if (application === undefined) {
    const known = rules.applications.map((each) => each.name).join(', ');
    throw new SetupError(`the rules name no application ${name}`, `choose of ${known}`);
  }
  const services = application.services.map((each) => each.name);
  const others = services.filter((service) => !(shopServices as readonly string[]).includes(service));
  const missing = shopServices.filter((service) => !services.includes(service));
  if (others.length === 0 && missing.length === 0) return;
  throw new SetupError(
    `local mode runs the sample application, whose services are ${shopServices.join(', ')}; the rules give ${name} ${services.join(', ')}`,
    `name these services for ${name} in the rules`,
  );
}

function databaseOf(environment: string, database: string | undefined): string {
  if (database === undefined) {
    throw new SetupError(
      `the sample application needs a database, and the rules give it none in ${environment}`,
      `add database: <app>-<env> to the targets of ${environment}`,
    );
  }
  if (databaseNameSchema.safeParse(database).success) return database;
  throw new SetupError(
    `the database ${database} of ${environment} has no name that the database-migration function takes`,
    'use lower-case letters, digits and hyphens, such as <app>-<env>',
  );
}
