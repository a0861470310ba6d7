import type { Release } from '../release.ts';
import type { SourceCommit } from '../source/source-history.ts';
import type { Ports } from '../workflow/ports.ts';
import { causeText } from '../wording/cause-text.ts';

/** What the target gains and loses of the source code, or why nobody can say. */
export type SourceChange =
  | {
      readonly gained: readonly PlannedCommit[];
      readonly lost: readonly PlannedCommit[];
      readonly isCut: boolean;
    }
  | { readonly unknown: string };

export type PlannedCommit = Omit<SourceCommit, 'at'> & { readonly at: string };

const mostCommits = 100;
/** A repository that does not answer must not keep a promotion from being planned. */
const patienceSeconds = 20;

/** @param running the release that the target runs; undefined: none. */
export async function planSource(
  release: Release,
  running: Pick<Release, 'content'> | undefined,
  ports: Pick<Ports, 'source'>,
  signal: AbortSignal,
): Promise<SourceChange> {
  const { source } = release.content;
  const before = running?.content.source;
  if (source === undefined) return { unknown: `${release.name} does not say which source it was made from` };
  if (running !== undefined && before === undefined) {
    return { unknown: 'what runs now does not say which source it was made from' };
  }
  if (before !== undefined && before.repository !== source.repository) {
    return { unknown: `${release.name} comes from ${source.repository}, what runs now from ${before.repository}` };
  }
  const limited = AbortSignal.any([signal, AbortSignal.timeout(patienceSeconds * 1000)]);
  try {
    const { repository, commit } = source;
    const difference = await ports.source.between(repository, before?.commit, commit, mostCommits, limited);
    return {
      gained: difference.gained.map(planned),
      lost: difference.lost.map(planned),
      isCut: difference.isCut,
    };
  } catch (error) {
    signal.throwIfAborted();
    return { unknown: causeText(error) };
  }
}

function planned(commit: SourceCommit): PlannedCommit {
  return { ...commit, at: commit.at.toISOString() };
}
