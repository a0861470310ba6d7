import type { Effect } from '../workflow/fence.ts';

/** A file's whole new content, or its removal. */
export type FileChange =
  { readonly path: string; readonly content: string } | { readonly path: string; readonly removed: true };

export interface CommitRequest {
  /** Names the change; becomes the ref `refs/promotions/<change>`. Letters, digits, `-`, `_` and `.`. */
  readonly change: string;
  /** The commit it builds on. */
  readonly base: string;
  readonly files: readonly FileChange[];
  readonly message: string;
  /** Fixed by the promotion, so that the same change is the same commit whoever makes it and however often. */
  readonly author: { readonly name: string; readonly email: string; readonly at: Date };
}

/** A commit as people are told about it. */
export interface ConfigurationCommit {
  readonly commit: string;
  /** What it builds on; undefined for the first one. */
  readonly parent: string | undefined;
  readonly at: Date;
  readonly author: { readonly name: string; readonly email: string };
  readonly message: string;
}

/**
 * The git repository that holds each environment's configuration. An environment has a branch; a promotion proposes
 * its change on a ref of its own and later moves the branch to it. Both writes are compare-and-swap under the fence.
 */
export interface ConfigurationRepository {
  /** Where people can clone it from, without credentials. */
  readonly address: string;
  /** @throws when the branch does not exist. */
  head(branch: string, signal: AbortSignal): Promise<string>;
  /**
   * Finds out whether a branch can be read and the repository written, without changing anything.
   * @throws what either would fail with, as far as it can be known before.
   */
  reach(branch: string, signal: AbortSignal): Promise<void>;
  /** A file's content at a commit, or undefined when it is absent there. */
  read(commit: string, path: string, signal: AbortSignal): Promise<string | undefined>;
  /** The proposed commit of a change, or undefined when it was never proposed. */
  proposed(change: string, signal: AbortSignal): Promise<string | undefined>;
  /**
   * Makes the commit and points the change's own ref at it. Finding the ref at the same commit is success.
   * @param lane the environment's branch, whose fence guards the write.
   * @throws PreconditionFailedError when the ref holds another commit; StaleFenceError
   */
  propose(lane: string, request: CommitRequest, effect: Effect): Promise<string>;
  /**
   * Moves a branch from `expected` to `commit`, a descendant of it. Finding it at `commit` is success.
   * @throws PreconditionFailedError, StaleFenceError
   */
  advance(branch: string, expected: string, commit: string, effect: Effect): Promise<void>;
  /** Whether a commit is in the history of another, or that one itself. */
  isAncestor(ancestor: string, commit: string, signal: AbortSignal): Promise<boolean>;
  /** A unified diff of a path (or of everything) between two commits. */
  diff(from: string, to: string, path: string | undefined, signal: AbortSignal): Promise<string>;
  /**
   * The commits that changed a path on a branch, newest first; none when the path was never there.
   * @throws when the branch does not exist.
   */
  history(branch: string, path: string, limit: number, signal: AbortSignal): Promise<readonly ConfigurationCommit[]>;
  /** Takes the lane's fence without changing anything else, so that whoever held it before can write no more. */
  fence(lane: string, effect: Effect): Promise<void>;
}
