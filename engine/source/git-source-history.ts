import { createHash } from 'node:crypto';
import path from 'node:path';
import { GitObjectCache } from '../configuration/git-object-cache.ts';
import { GitProcess, type GitProcessOptions } from '../configuration/git-process.ts';
import { GitRemote, type GitRemoteOptions } from '../configuration/git-remote.ts';
import { commitFormat, readCommits } from './read-commits.ts';
import { findFix } from './fix-in-history.ts';
import type { Containment, Fix, SourceCommit, SourceDifference, SourceHistory } from './source-history.ts';

export interface GitSourceHistoryOptions {
  /** Where copies of repositories are kept; may be shared by processes, may be deleted. */
  readonly cacheFolder: string;
  /** How a repository is reached. Default: by its address, without credentials. */
  readonly remoteOf?: (repository: string) => GitRemoteOptions;
  readonly git?: GitProcessOptions;
}

interface Opened {
  readonly cache: GitObjectCache;
  readonly remote: GitRemote;
}

/** Commits are found by what their messages say; more than these is no answer. */
const mostFound = 50;
const commitId = /^[0-9a-f]{7,64}$/;

/** Reads histories with git, from a copy that is brought up to date when a commit is not in it. */
export class GitSourceHistory implements SourceHistory {
  readonly #options: GitSourceHistoryOptions;
  readonly #git: GitProcess;
  readonly #opened = new Map<string, Opened>();

  constructor(options: GitSourceHistoryOptions) {
    this.#options = options;
    this.#git = new GitProcess(options.git);
  }

  async between(
    repository: string,
    from: string | undefined,
    to: string,
    limit: number,
    signal: AbortSignal,
  ): Promise<SourceDifference> {
    const opened = await this.#open(repository, signal);
    for (const commit of from === undefined ? [to] : [from, to]) await this.#ensure(opened, commit, signal);
    const [gained, lost] = await Promise.all([
      log(opened.cache, from === undefined ? [to] : [`${from}..${to}`], limit + 1, signal),
      from === undefined ? [] : log(opened.cache, [`${to}..${from}`], limit + 1, signal),
    ]);
    return {
      gained: gained.slice(0, limit),
      lost: lost.slice(0, limit),
      isCut: gained.length > limit || lost.length > limit,
    };
  }

  async containment(repository: string, head: string, commit: string, signal: AbortSignal): Promise<Containment> {
    return this.fixContainment(repository, head, { commit, standsOn: [] }, signal);
  }

  async fixContainment(
    repository: string,
    head: string,
    { commit, standsOn }: Fix,
    signal: AbortSignal,
  ): Promise<Containment> {
    const opened = await this.#open(repository, signal);
    for (const each of [head, commit]) await this.#ensure(opened, each, signal);
    const known: string[] = [];
    for (const each of standsOn) {
      if (commitId.test(each) && (await opened.cache.hasCommit(each, signal))) known.push(each);
    }
    return findFix(opened.cache, head, commit, known, signal);
  }

  async branchHead(repository: string, branch: string, signal: AbortSignal): Promise<string | undefined> {
    const { cache, remote } = await this.#open(repository, signal);
    await remote.fetchBranches(signal);
    const words = ['rev-parse', '--verify', '--quiet', '--end-of-options', `refs/heads/${branch}^{commit}`];
    const id = await cache.text(words, signal, { acceptedExitCodes: [0, 1, 128] });
    return id === '' ? undefined : id;
  }

  async find(repository: string, word: string, signal: AbortSignal): Promise<readonly SourceCommit[]> {
    const opened = await this.#open(repository, signal);
    await opened.remote.fetchBranches(signal);
    if (commitId.test(word)) {
      if (!(await opened.cache.hasCommit(word, signal))) return [];
      return log(opened.cache, [word], 1, signal);
    }
    const seen = await log(opened.cache, ['--all', '--fixed-strings', `--grep=${word}`], mostFound, signal);
    // git finds text; #1 is not #12.
    return seen.filter(({ changeRequests, tickets }) => changeRequests.includes(word) || tickets.includes(word));
  }

  async #open(repository: string, signal: AbortSignal): Promise<Opened> {
    const known = this.#opened.get(repository);
    if (known !== undefined) return known;
    const remoteOptions = this.#options.remoteOf?.(repository) ?? { address: repository };
    const name = createHash('sha256').update(remoteOptions.address).digest('hex').slice(0, 16);
    const cache = new GitObjectCache(this.#git, path.join(this.#options.cacheFolder, `${name}.git`));
    await cache.prepare(signal);
    const opened = { cache, remote: new GitRemote(this.#git, cache.folder, remoteOptions) };
    this.#opened.set(repository, opened);
    return opened;
  }

  async #ensure({ cache, remote }: Opened, commit: string, signal: AbortSignal): Promise<void> {
    if (!commitId.test(commit)) throw new TypeError(`${commit} is not the id of a commit`);
    if (await cache.hasCommit(commit, signal)) return;
    await remote.fetchBranches(signal);
    if (await cache.hasCommit(commit, signal)) return;
    throw new Error(`${remote.address} has no commit ${commit} on any branch or tag; push it`);
  }
}

async function log(
  cache: GitObjectCache,
  revisions: readonly string[],
  limit: number,
  signal: AbortSignal,
): Promise<readonly SourceCommit[]> {
  const { stdout } = await cache.run(
    ['log', '-z', `--format=${commitFormat}`, `--max-count=${String(limit)}`, ...revisions, '--'],
    signal,
  );
  return readCommits(stdout.toString('utf8'));
}
