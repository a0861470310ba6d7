import type { EnvironmentState } from '../store/service-store.ts';
import type { Containment, SourceCommit } from '../source/source-history.ts';
import { isInSight } from '../store/sight.ts';
import type { Actor } from '../workflow/actor.ts';
import { placeInSight } from './place-in-sight.ts';
import type { ServiceContext } from './service-context.ts';
import { causeText } from '../wording/cause-text.ts';

/** Whether the release that runs in an environment has a commit. */
export interface SourceLocation {
  readonly application: string;
  readonly environment: string;
  readonly release: string;
  readonly containment: Containment;
}

export interface SourceLocations {
  readonly word: string;
  /** What the word names, in each repository that releases come from. */
  readonly commits: readonly (SourceCommit & { readonly repository: string })[];
  readonly locations: readonly SourceLocation[];
  /** Releases whose source nobody named, or whose repository does not answer, with why. */
  readonly unknown: readonly { readonly application: string; readonly environment: string; readonly why: string }[];
}

/**
 * Says in which environments a commit runs, a change request (`#12`) or a ticket (`SHOP-12`): where the running
 * release's history has the commit, or one that makes the same change.
 */
export async function locateSource(
  context: ServiceContext,
  actor: Actor,
  request: { readonly word: string; readonly application?: string | undefined },
  signal: AbortSignal,
): Promise<SourceLocations> {
  const { word } = request;
  const { application, sight } = await placeInSight(context, actor, { application: request.application });
  const environments = (await context.store.environments(application)).filter((state) =>
    isInSight(sight, state.application, state.name),
  );

  const commits = new Map<string, readonly SourceCommit[]>();
  const failures = new Map<string, string>();
  for (const repository of new Set(environments.flatMap((each) => each.release?.content.source?.repository ?? []))) {
    try {
      commits.set(repository, await context.ports.source.find(repository, word, signal));
    } catch (error) {
      signal.throwIfAborted();
      failures.set(repository, causeText(error));
    }
  }

  const locations: SourceLocation[] = [];
  const unknown: SourceLocations['unknown'][number][] = [];
  // Many environments run the same release: each history is asked once.
  const answers = new Map<string, Promise<Containment>>();
  for (const { application: of, name: environment, release } of environments) {
    if (release === undefined) continue;
    const why = whyUnknown(release, failures);
    if (why !== undefined) {
      unknown.push({ application: of, environment, why });
      continue;
    }
    const { repository, commit: head } = release.content.source ?? { repository: '', commit: '' };
    const wanted = commits.get(repository) ?? [];
    if (wanted.length === 0) continue;
    const key = `${repository} ${head}`;
    const answer = answers.get(key) ?? containmentOfAll(context, repository, head, wanted, signal);
    answers.set(key, answer);
    try {
      locations.push({ application: of, environment, release: release.name, containment: await answer });
    } catch (error) {
      signal.throwIfAborted();
      unknown.push({ application: of, environment, why: causeText(error) });
    }
  }
  return {
    word,
    commits: [...commits].flatMap(([repository, found]) => found.map((each) => ({ ...each, repository }))),
    locations,
    unknown,
  };
}

function whyUnknown(
  release: NonNullable<EnvironmentState['release']>,
  failures: ReadonlyMap<string, string>,
): string | undefined {
  const { source } = release.content;
  if (source === undefined) return `${release.name} does not say which source it was made from`;
  return failures.get(source.repository);
}

/** A change request of several commits is there when all of them are. */
async function containmentOfAll(
  { ports }: ServiceContext,
  repository: string,
  head: string,
  commits: readonly SourceCommit[],
  signal: AbortSignal,
): Promise<Containment> {
  let all: Containment = 'commit';
  for (const { commit } of commits) {
    const containment = await ports.source.containment(repository, head, commit, signal);
    if (containment === 'absent') return 'absent';
    if (containment === 'patch') all = 'patch';
  }
  return all;
}
