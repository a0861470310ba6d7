import type { z } from 'zod';
import { parseMigrations, readMigrations } from '../database/read-migrations.ts';
import { releaseContentSchema, type Migration, type Release, type ReleaseContent } from '../release.ts';
import { chooseTag } from '../releases/choose-tag.ts';
import { EnvironmentNames } from '../rules/environment-names.ts';
import { resolveEnvironment } from '../rules/environment-targets.ts';
import type { Actor } from '../workflow/actor.ts';
import { createRelease, findRelease } from './releases.ts';
import type { ServiceContext } from './service-context.ts';
import { RefusedError, UnknownNameError } from './service-errors.ts';
import { causeText } from '../wording/cause-text.ts';

export interface AssemblyRequest {
  readonly application: string;
  /** What the release will be called. */
  readonly name: string;
  /** The environment whose registry the images are taken from, by name or alias. */
  readonly from: string;
  /** Which tags are meant, such as `v1.4.*`; of several, the newest version. */
  readonly tag: string;
  /** Names of images by service, where they are not `<application>-<service>`. */
  readonly images?: Readonly<Record<string, string>> | undefined;
  /** An earlier release that gives what is not said here: database, configuration, flags. */
  readonly like?: string | undefined;
  /** A folder of `NNN_name.up.sql` and `.down.sql` files, or such files themselves. */
  readonly migrations?: string | readonly MigrationFile[] | undefined;
}

export interface MigrationFile {
  readonly name: string;
  readonly sql: string;
}

/** What a release was made of. */
export interface Assembly {
  readonly release: Release;
  readonly images: readonly {
    readonly service: string;
    readonly image: string;
    readonly tag: string;
    readonly digest: string;
  }[];
}

const labels = {
  revision: 'org.opencontainers.image.revision',
  source: 'org.opencontainers.image.source',
} as const;

/**
 * Makes a release of the images that the sources hold, only when every service of the application has one.
 * @throws RefusedError naming all that is missing; nothing is then stored.
 */
export async function assembleRelease(
  context: ServiceContext,
  actor: Actor,
  request: AssemblyRequest,
  signal: AbortSignal,
): Promise<Assembly> {
  const rules = await context.rules.current();
  await context.authorizer.require(actor, 'create-release', { application: request.application, environment: '*' });
  const application = rules.applications.find(({ name }) => name === request.application);
  if (application === undefined) {
    throw new UnknownNameError(
      'application',
      request.application,
      rules.applications.map(({ name }) => name),
    );
  }
  const names = new EnvironmentNames(rules.environments);
  const environment = names.resolve(request.from);
  if (environment === undefined) throw new UnknownNameError('environment', request.from, names.names(), names.words());
  const { registry } = resolveEnvironment(rules, application.name, environment).targets;

  const missing: string[] = [];
  const images: Assembly['images'][number][] = [];
  const revisions = new Map<string, string | undefined>();
  for (const { name: service } of application.services) {
    const image = request.images?.[service] ?? `${application.name}-${service}`;
    const repository = `${registry}/${image}`;
    const tags = await context.ports.artifacts.tags(repository, signal);
    const chosen = chooseTag(request.tag, tags);
    if (chosen === undefined) {
      const known = tags.map(({ tag }) => tag);
      const there = known.length === 0 ? 'holds no tag' : `has ${known.slice(0, 20).join(', ')}`;
      missing.push(`${service}: no tag of ${repository} matches ${request.tag}; it ${there}`);
      continue;
    }
    images.push({ service, image, ...chosen });
    const inspection = await context.ports.artifacts.inspect(repository, chosen.digest, signal);
    const source = inspection.labels[labels.source];
    const revision = inspection.labels[labels.revision];
    if (source !== undefined && revision !== undefined) revisions.set(revision, source);
  }
  const unknown = Object.keys(request.images ?? {}).filter(
    (service) => !application.services.some(({ name }) => name === service),
  );
  missing.push(...unknown.map((service) => `${service}: the rules name no such service of ${application.name}`));
  missing.push(...(await leftUnsaid(context, application.name, request)));
  if (missing.length > 0) {
    throw new RefusedError(`${request.name} is not complete, so it was not made:\n${missing.join('\n')}`, true);
  }

  const like = request.like === undefined ? undefined : await findRelease(context, application.name, request.like);
  const content = releaseContentSchema.parse({
    ...like?.content,
    images: images.map(({ service, image, digest }) => ({ service, image, digest })),
    ...(await databaseOf(request, like?.content)),
    ...sourceOf(revisions),
  });
  const draft = { application: application.name, name: request.name, content };
  return { release: await createRelease(context, actor, draft, []), images };
}

/** What releases of the application have beside images and nobody says of this one: without it, it is not complete. */
async function leftUnsaid(
  { store }: ServiceContext,
  application: string,
  { name, like, migrations }: AssemblyRequest,
): Promise<readonly string[]> {
  if (like !== undefined) return [];
  const newest = (await store.listReleases(application)).find((each) => each.name !== name);
  if (newest === undefined) return [];
  const { database, configuration, flags } = newest.content;
  const has = (what: string): string => `${what}: ${newest.name} has it, and nobody says it of this release`;
  return [
    ...(database === undefined || migrations !== undefined
      ? []
      : [`${has('database')}; say --migrations <folder>, or --like ${newest.name}`]),
    ...(Object.keys(configuration).length === 0 ? [] : [`${has('configuration')}; say --like ${newest.name}`]),
    ...(flags.length === 0 ? [] : [`${has('flags')}; say --like ${newest.name}`]),
  ];
}

async function databaseOf(
  { migrations: given }: AssemblyRequest,
  like: ReleaseContent | undefined,
): Promise<Pick<z.input<typeof releaseContentSchema>, 'database'>> {
  if (given === undefined) return {};
  const migrations = await migrationsOf(given);
  const newest = Math.max(0, ...migrations.map(({ version }) => version));
  const min = like?.database?.schemaRange.min ?? 0;
  return {
    database: {
      schemaRange: { min, max: Math.max(newest, like?.database?.schemaRange.max ?? 0) },
      migrations: [...migrations],
    },
  };
}

/** @throws RefusedError */
async function migrationsOf(given: string | readonly MigrationFile[]): Promise<readonly Migration[]> {
  try {
    if (typeof given === 'string') return await readMigrations(given);
    return parseMigrations(
      'the migrations that were sent',
      given.map(({ name, sql }) => ({ name, bytes: new TextEncoder().encode(sql) })),
    );
  } catch (error) {
    throw new RefusedError(`the migrations cannot be read: ${causeText(error)}`);
  }
}

/** Where the images say that they were made from, when they all say the same. */
function sourceOf(revisions: ReadonlyMap<string, string | undefined>): Partial<ReleaseContent> {
  const [only] = revisions;
  if (only === undefined || revisions.size > 1) return {};
  const [commit, repository] = only;
  return repository === undefined ? {} : { source: { repository, commit, authors: [] } };
}
