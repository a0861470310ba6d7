import { configurationChanges } from '../configuration/configuration-changes.ts';
import type { ConfigurationCommit, ConfigurationRepository } from '../configuration/configuration-repository.ts';
import { environmentTarget } from '../workflow/compile-target.ts';
import type { Actor } from '../workflow/actor.ts';
import type { EnvironmentTarget } from '../workflow/definition.ts';
import type { ChangeEntry } from '../workflow/environment-record.ts';
import { knownApplication, knownEnvironment, ruledEnvironment } from './known-names.ts';
import { refuseUnprintable } from './refuse-unprintable.ts';
import { requireToLook } from './require-to-look.ts';
import type { ServiceContext } from './service-context.ts';
import { NotFoundError, RefusedError, UnknownNameError } from './service-errors.ts';

interface Place {
  readonly application: string;
  /** By name or alias. */
  readonly environment: string;
}

export interface ConfigurationHistoryRequest extends Place {
  readonly limit: number;
}

/** One commit of an environment's configuration, with what it made of the values, secrets masked. */
export interface ConfigurationRevision {
  readonly commit: string;
  readonly at: Date;
  readonly author: string;
  /** The first line of what its author wrote. */
  readonly subject: string;
  /** The promotion that made it; undefined: a person did, or a pipeline. */
  readonly promotionId: string | undefined;
  readonly changes: readonly ChangeEntry[];
}

export interface ConfigurationHistory {
  readonly environment: string;
  readonly repository: string;
  readonly branch: string;
  readonly path: string;
  /** Newest first. */
  readonly revisions: readonly ConfigurationRevision[];
  /** Whether there are more than were asked for. */
  readonly isCut: boolean;
}

export interface ConfigurationDiffRequest extends Place {
  /** A commit by the beginning of its id, or a promotion. Default: what the newest change was made on. */
  readonly from?: string | undefined;
  /** Likewise. Default: the newest. */
  readonly to?: string | undefined;
  /** Another environment to compare with, in place of `from`. */
  readonly against?: string | undefined;
}

export interface ConfigurationDiff {
  /** What is compared, in words: a commit, or an environment and its commit. */
  readonly from: string;
  readonly to: string;
  readonly changes: readonly ChangeEntry[];
}

const patienceMs = 60_000;
/** How far back a commit or promotion is looked for. */
const mostCommits = 1000;
const promotionTrailer = /^Promotion: (pr-[0-9a-z-]+)$/m;

/** Every change of an environment's values, newest first: who made it, with which promotion, and what it changed. */
export async function readConfigurationHistory(
  context: ServiceContext,
  actor: Actor,
  request: ConfigurationHistoryRequest,
): Promise<ConfigurationHistory> {
  const target = await authorizedTarget(context, actor, request);
  const { repository, branch, path } = target.configuration;
  const configuration = context.ports.configuration(repository);
  const signal = AbortSignal.timeout(patienceMs);
  const commits = await configuration.history(branch, path, request.limit + 1, signal);
  const revisions: ConfigurationRevision[] = [];
  for (const commit of commits.slice(0, request.limit)) {
    revisions.push(await revisionOf(configuration, path, commit, signal));
  }
  return {
    environment: target.name,
    repository,
    branch,
    path,
    revisions,
    isCut: commits.length > request.limit,
  };
}

/**
 * What differs between two versions of an environment's values, or between two environments.
 * @throws NotFoundError for a commit or promotion that changed nothing there.
 */
export async function compareConfiguration(
  context: ServiceContext,
  actor: Actor,
  request: ConfigurationDiffRequest,
): Promise<ConfigurationDiff> {
  if (request.against !== undefined && request.from !== undefined) {
    throw new RefusedError('compare with another environment, or with an earlier version: not with both at once');
  }
  const target = await authorizedTarget(context, actor, request);
  const { repository, branch, path } = target.configuration;
  const configuration = context.ports.configuration(repository);
  const signal = AbortSignal.timeout(patienceMs);
  const commits = await configuration.history(branch, path, mostCommits, signal);
  const [newest] = commits;
  if (newest === undefined) throw new NotFoundError(`${path} was never on branch ${branch}`);
  const to = request.to === undefined ? newest : find(commits, request.to, target);
  const after = await configuration.read(to.commit, path, signal);
  if (request.against !== undefined) {
    const other = await authorizedTarget(context, actor, { ...request, environment: request.against });
    const place = other.configuration;
    const theirs = context.ports.configuration(place.repository);
    const head = await theirs.head(place.branch, signal);
    const before = await theirs.read(head, place.path, signal);
    return {
      from: `${other.name} ${head.slice(0, 12)}`,
      to: `${target.name} ${to.commit.slice(0, 12)}`,
      changes: configurationChanges(before, after),
    };
  }
  const from = request.from === undefined ? to.parent : find(commits, request.from, target).commit;
  const before = from === undefined ? undefined : await configuration.read(from, path, signal);
  return {
    from: from === undefined ? 'nothing' : from.slice(0, 12),
    to: to.commit.slice(0, 12),
    changes: configurationChanges(before, after),
  };
}

async function authorizedTarget(
  context: ServiceContext,
  actor: Actor,
  { application, environment }: Place,
): Promise<EnvironmentTarget> {
  await requireToLook(context, actor, { application, environment });
  const of = await knownApplication(context, application);
  const name = await knownEnvironment(context, environment);
  const rules = await context.rules.current();
  // What was released or promoted to once may be gone from the rules, and with it the place of its configuration.
  const listed = rules.applications.map((each) => each.name);
  if (!listed.includes(of)) throw new UnknownNameError('application', of, listed);
  return environmentTarget(rules, of, ruledEnvironment(rules, name));
}

async function revisionOf(
  configuration: ConfigurationRepository,
  path: string,
  { commit, parent, at, author, message }: ConfigurationCommit,
  signal: AbortSignal,
): Promise<ConfigurationRevision> {
  const before = parent === undefined ? undefined : await configuration.read(parent, path, signal);
  const after = await configuration.read(commit, path, signal);
  return {
    commit,
    at,
    author: author.name,
    subject: message.split('\n')[0] ?? '',
    promotionId: promotionTrailer.exec(message)?.[1],
    changes: changesOrNone(before, after),
  };
}

/** A version that somebody broke tells no settings; the next one does again. */
function changesOrNone(before: string | undefined, after: string | undefined): readonly ChangeEntry[] {
  try {
    return configurationChanges(before, after);
  } catch {
    return [];
  }
}

function find(commits: readonly ConfigurationCommit[], word: string, target: EnvironmentTarget): ConfigurationCommit {
  refuseUnprintable('commit or promotion', word);
  const { path, branch } = target.configuration;
  const isPromotion = word.startsWith('pr-');
  const found = commits.filter(({ commit, message }) =>
    isPromotion ? promotionTrailer.exec(message)?.[1] === word : word.length >= 4 && commit.startsWith(word),
  );
  const [first] = found;
  if (first === undefined) {
    throw new NotFoundError(
      `${word} changed nothing in ${path} on branch ${branch}; promote configuration history <application> --env ${target.name} lists what did`,
    );
  }
  // Of a promotion the newest: what it left, also when it was taken back.
  if (found.length > 1 && !isPromotion) throw new RefusedError(`${word} begins several commits; type more of it`);
  return first;
}
