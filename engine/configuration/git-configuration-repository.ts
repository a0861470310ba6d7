import { setTimeout as delay } from 'node:timers/promises';
import { PreconditionFailedError, StaleFenceError, type Effect, type Fence } from '../workflow/fence.ts';
import type { CommitRequest, ConfigurationCommit, ConfigurationRepository } from './configuration-repository.ts';
import { makeFenceRecord, readFenceRecord } from './fence-record.ts';
import { checkedPath, makeCommit } from './git-commit.ts';
import { commitsIn, logFormat } from './git-log.ts';
import { GitError } from './git-error.ts';
import { GitObjectCache, REGULAR_FILE_MODES } from './git-object-cache.ts';
import { GitProcess, type GitProcessOptions } from './git-process.ts';
import { GitRemote, type GitRemoteOptions, type RefUpdate } from './git-remote.ts';
import { branchRef, checkedCommit, fenceRef, promotionRef } from './ref-names.ts';

export interface GitConfigurationRepositoryOptions {
  readonly remote: GitRemoteOptions;
  /** Where objects are kept between commands; made when absent, may be shared by processes, may be deleted. */
  readonly cacheFolder: string;
  readonly git?: GitProcessOptions;
}

/** The environment's branch is not in the repository. */
export class BranchNotFoundError extends Error {
  override readonly name = 'BranchNotFoundError';

  constructor(branch: string, address: string) {
    super(`${address} has no branch ${branch}; push it, or correct the environment's branch in the rules`);
  }
}

/** Each attempt re-reads and decides anew, so the bound only ends a fight that nobody can win. */
const PUSH_ATTEMPTS = 10;
const LONGEST_PAUSE_MILLISECONDS = 500;

interface FenceState {
  readonly at: string | undefined;
  /** -1 when the lane was never fenced. */
  readonly highest: Fence;
}

/**
 * The configuration repository behind a git remote. Every write is one atomic push of the ref it is about and of the
 * lane's fence ref, each with a lease on the value read before. The fence ref moves to a new commit with every write:
 * so two writes of a lane never pass each other, and whoever was overtaken by a higher fence changes nothing, however
 * late its push arrives.
 */
export class GitConfigurationRepository implements ConfigurationRepository {
  readonly #cache: GitObjectCache;
  readonly #remote: GitRemote;

  constructor(options: GitConfigurationRepositoryOptions) {
    const git = new GitProcess(options.git);
    this.#cache = new GitObjectCache(git, options.cacheFolder);
    this.#remote = new GitRemote(git, options.cacheFolder, options.remote);
  }

  get address(): string {
    return this.#remote.address;
  }

  async head(branch: string, signal: AbortSignal): Promise<string> {
    const head = await this.#tip(branchRef(branch), signal);
    if (head === undefined) {
      throw new BranchNotFoundError(branch, this.#remote.address);
    }
    return head;
  }

  async reach(branch: string, signal: AbortSignal): Promise<void> {
    await this.#remote.tryPush(await this.head(branch, signal), promotionRef('preflight'), signal);
  }

  async proposed(change: string, signal: AbortSignal): Promise<string | undefined> {
    return this.#tip(promotionRef(change), signal);
  }

  async read(commit: string, path: string, signal: AbortSignal): Promise<string | undefined> {
    await this.#ensureCommit(commit, signal);
    const entry = await this.#cache.entry(commit, checkedPath(path), signal);
    if (entry === undefined) {
      return undefined;
    }
    if (!REGULAR_FILE_MODES.includes(entry.mode)) {
      throw new TypeError(`${path} in ${commit} is a folder, a link or a submodule, not a file`);
    }
    const { stdout } = await this.#cache.run(['cat-file', 'blob', entry.id], signal);
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(stdout);
    } catch (error) {
      throw new TypeError(`${path} in ${commit} is not UTF-8 text`, { cause: error });
    }
  }

  async diff(from: string, to: string, path: string | undefined, signal: AbortSignal): Promise<string> {
    await this.#ensureCommit(from, signal);
    await this.#ensureCommit(to, signal);
    const scope = path === undefined ? [] : [checkedPath(path)];
    const { stdout } = await this.#cache.run(
      [
        '--literal-pathspecs',
        'diff-tree',
        '-p',
        '-r',
        '--no-ext-diff',
        '--no-textconv',
        '--no-renames',
        '--no-color',
        from,
        to,
        '--',
        ...scope,
      ],
      signal,
    );
    return stdout.toString('utf8');
  }

  async isAncestor(ancestor: string, commit: string, signal: AbortSignal): Promise<boolean> {
    await this.#ensureCommit(ancestor, signal);
    await this.#ensureCommit(commit, signal);
    const { exitCode } = await this.#cache.run(['merge-base', '--is-ancestor', ancestor, commit], signal, {
      acceptedExitCodes: [0, 1],
    });
    return exitCode === 0;
  }

  async history(
    branch: string,
    path: string,
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly ConfigurationCommit[]> {
    const head = await this.head(branch, signal);
    const { stdout } = await this.#cache.run(
      [
        '--literal-pathspecs',
        'log',
        '-z',
        `--max-count=${String(limit)}`,
        `--format=${logFormat}`,
        '--no-color',
        '--no-show-signature',
        head,
        '--',
        checkedPath(path),
      ],
      signal,
    );
    return commitsIn(stdout.toString('utf8'));
  }

  async fence(lane: string, effect: Effect): Promise<void> {
    await this.#write(lane, effect, undefined);
  }

  async propose(lane: string, request: CommitRequest, effect: Effect): Promise<string> {
    const ref = promotionRef(request.change);
    await this.#ensureCommit(request.base, effect.signal);
    const commit = await makeCommit(this.#cache, request, effect.signal);
    await this.#write(lane, effect, { ref, from: undefined, to: commit });
    return commit;
  }

  async advance(branch: string, expected: string, commit: string, effect: Effect): Promise<void> {
    const ref = branchRef(branch);
    if (!(await this.isAncestor(expected, commit, effect.signal))) {
      throw new TypeError(`${ref} cannot move from ${expected} to ${commit}, which does not build on it`);
    }
    await this.#write(branch, effect, { ref, from: expected, to: commit });
  }

  /** The wanted change is made by the push, found to be made already, or refused; without one, the fence is taken. */
  async #write(lane: string, effect: Effect, wanted: RefUpdate | undefined): Promise<void> {
    const fence = fenceRef(lane);
    await this.#cache.prepare(effect.signal);
    let contention: GitError | undefined;
    for (let attempt = 0; attempt < PUSH_ATTEMPTS; attempt += 1) {
      if (attempt > 0) {
        await delay(Math.random() * Math.min(LONGEST_PAUSE_MILLISECONDS, 20 * 2 ** attempt));
        effect.signal.throwIfAborted();
      }
      const refs = await this.#remote.list(wanted === undefined ? [fence] : [fence, wanted.ref], effect.signal);
      const state = await this.#fenceState(fence, refs.get(fence), effect.signal);
      if (state instanceof GitError) {
        contention = state;
        continue;
      }
      if (state.highest > effect.fence) {
        throw new StaleFenceError(`${this.#remote.address} ${fence}`, effect.fence, state.highest);
      }
      const isMissing = wanted !== undefined && this.#isMissing(wanted, refs.get(wanted.ref));
      if (!isMissing && state.highest === effect.fence) {
        return;
      }
      const outcome = await this.#remote.pushAtomically(
        [
          { ref: fence, from: state.at, to: await makeFenceRecord(this.#cache, effect, state.at) },
          ...(isMissing ? [wanted] : []),
        ],
        effect.signal,
      );
      if (outcome.kind === 'pushed') {
        return;
      }
      contention = outcome.reason;
    }
    throw contention ?? new Error(`${fence} could not be read`);
  }

  #isMissing(wanted: RefUpdate, current: string | undefined): boolean {
    if (current === wanted.to) {
      return false;
    }
    if (current !== wanted.from) {
      throw new PreconditionFailedError(
        `${this.#remote.address} ${wanted.ref}`,
        wanted.from ?? `nothing or ${wanted.to}`,
        current ?? 'nothing',
      );
    }
    return true;
  }

  /** The error is returned when the ref had moved on, and the remote had forgotten the record, before it was read. */
  async #fenceState(ref: string, at: string | undefined, signal: AbortSignal): Promise<FenceState | GitError> {
    if (at === undefined) {
      return { at, highest: -1 };
    }
    try {
      await this.#ensureFetched(ref, at, signal);
    } catch (error) {
      if (error instanceof GitError && error.failure === 'missing-object') {
        return error;
      }
      throw error;
    }
    return { at, highest: (await readFenceRecord(this.#cache, ref, at, signal)).fence };
  }

  async #tip(ref: string, signal: AbortSignal): Promise<string | undefined> {
    await this.#cache.prepare(signal);
    const tip = (await this.#remote.list([ref], signal)).get(ref);
    if (tip !== undefined) {
      await this.#ensureFetched(ref, tip, signal);
    }
    return tip;
  }

  /** Fetches by name first, which leaves a ref that makes the next fetch small; by id when the ref has moved on. */
  async #ensureFetched(ref: string, commit: string, signal: AbortSignal): Promise<void> {
    if (await this.#cache.hasCommit(commit, signal)) {
      return;
    }
    try {
      await this.#remote.fetchRef(ref, signal);
    } catch (error) {
      // Another process that shares the cache may have held the lock of the local ref and fetched the same.
      signal.throwIfAborted();
      if (!(await this.#cache.hasCommit(commit, signal))) {
        throw error;
      }
    }
    await this.#ensureCommit(commit, signal);
  }

  async #ensureCommit(commit: string, signal: AbortSignal): Promise<void> {
    checkedCommit(commit);
    await this.#cache.prepare(signal);
    if (!(await this.#cache.hasCommit(commit, signal))) {
      await this.#remote.fetchCommit(commit, signal);
    }
  }
}
