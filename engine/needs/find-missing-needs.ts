import { findMissingPaths } from '../configuration/find-yaml-value.ts';
import { renderConfiguration } from '../configuration/render-configuration.ts';
import { whatTravels } from '../configuration/what-travels.ts';
import type { Release } from '../release.ts';
import type { Definition } from '../workflow/definition.ts';
import { leavesOut } from '../workflow/left-out.ts';
import type { Ports } from '../workflow/ports.ts';
import { createdExtensions } from './created-extensions.ts';
import { missingNeeds, type TargetContents } from './missing-needs.ts';

export type NeedsPorts = Pick<Ports, 'configuration' | 'secrets' | 'flags' | 'database'>;

export interface NeedsRequest {
  readonly release: Release;
  readonly definition: Pick<Definition, 'target' | 'leftOut'>;
  readonly ports: NeedsPorts;
  readonly signal: AbortSignal;
}

/**
 * Looks in the target for what a release says it needs, by name only, and reads nothing that it does not need.
 * @returns one line for each thing that is missing. @throws when the target cannot be asked.
 */
export async function findMissingNeeds({
  release,
  definition,
  ports,
  signal,
}: NeedsRequest): Promise<readonly string[]> {
  const { target } = definition;
  const { needs } = release.content;
  if (needs === undefined) return [];
  const database = target.database;
  const contents: TargetContents = {
    missingConfiguration:
      needs.configuration.length === 0
        ? []
        : await missingKeys(release, definition, needs.configuration, ports, signal),
    secrets: needs.secrets.length === 0 ? [] : await ports.secrets.names(target.name, signal),
    flags: target.hasFlags ? await flagKeys(release, definition, needs.flags, ports, signal) : undefined,
    extensions:
      database === undefined ? undefined : await extensionsOf(release, definition, needs.extensions, ports, signal),
  };
  const { repository, branch, path } = target.configuration;
  return missingNeeds(needs, contents, {
    environment: target.name,
    configuration: `${path} on branch ${branch} of ${repository}`,
    secrets: needs.secrets.length === 0 ? '' : ports.secrets.whereToAdd(target.name),
    flags: `the flags of ${target.name}`,
    database: database ?? '',
  });
}

/** As the values will be once the release's own are written into them. */
async function missingKeys(
  release: Release,
  definition: NeedsRequest['definition'],
  keys: readonly string[],
  ports: NeedsPorts,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { repository, branch, path } = definition.target.configuration;
  const configuration = ports.configuration(repository);
  const values = await configuration.read(await configuration.head(branch, signal), path, signal);
  if (values === undefined) throw new Error(`${path} is missing on branch ${branch}`);
  return findMissingPaths(renderConfiguration(values, whatTravels(definition, release)).text, keys);
}

async function flagKeys(
  release: Release,
  definition: NeedsRequest['definition'],
  wanted: readonly string[],
  ports: NeedsPorts,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const brought = leavesOut(definition, 'promote-flags') ? [] : release.content.flags.map(({ key }) => key);
  if (wanted.every((key) => brought.includes(key))) return brought;
  const { flags } = await ports.flags.read(definition.target.name, signal);
  return [...brought, ...flags.map(({ key }) => key)];
}

async function extensionsOf(
  release: Release,
  definition: NeedsRequest['definition'],
  wanted: readonly string[],
  ports: NeedsPorts,
  signal: AbortSignal,
): Promise<NonNullable<TargetContents['extensions']>> {
  const { database = '' } = definition.target;
  if (wanted.length === 0) return { installed: [], available: [], created: [] };
  const { installed, available } = await ports.database.extensions(database, signal);
  const names = installed.map(({ name }) => name);
  const runs = leavesOut(definition, 'migrate-database') ? undefined : release.content.database;
  const migrations = runs?.migrations ?? [];
  if (migrations.length === 0 || wanted.every((name) => names.includes(name))) {
    return { installed: names, available, created: [] };
  }
  // What ran already made what it could; only what still has to run can make more.
  const { pending } = await ports.database.plan(database, migrations, signal);
  const versions = pending.map(({ version }) => version);
  const created = createdExtensions(migrations.filter(({ version }) => versions.includes(version)));
  return { installed: names, available, created };
}
