/** One commit of the source code, with what its message names. */
export interface SourceCommit {
  readonly commit: string;
  /** The author's e-mail address. */
  readonly author: string;
  readonly subject: string;
  readonly at: Date;
  /** Pull or merge requests, as the message writes them: `#12`, `!7`. */
  readonly changeRequests: readonly string[];
  /** Tickets: `SHOP-12`. */
  readonly tickets: readonly string[];
}

/** What one commit has and another has not. */
export interface SourceDifference {
  /** In `to` and not in `from`, newest first. */
  readonly gained: readonly SourceCommit[];
  /** In `from` and not in `to`, newest first. */
  readonly lost: readonly SourceCommit[];
  /** Whether there are more than were asked for. */
  readonly isCut: boolean;
}

/** `patch`: not the commit itself, but one that makes the same change, as a cherry-pick does. */
export type Containment = 'commit' | 'patch' | 'absent';

/** A change that must be found again in what comes later. */
export interface Fix {
  /** The newest commit of it. */
  readonly commit: string;
  /** Commits of what ran when it was made; those that cannot be found any more are passed over. */
  readonly standsOn: readonly string[];
}

/** The history of an application's source code, which releases are made from. Reads only. */
export interface SourceHistory {
  /** @param from undefined: nothing ran before, so that all of `to` is gained. */
  between(
    repository: string,
    from: string | undefined,
    to: string,
    limit: number,
    signal: AbortSignal,
  ): Promise<SourceDifference>;
  /** Whether the history of `head` has a commit, or one that makes the same change. */
  containment(repository: string, head: string, commit: string, signal: AbortSignal): Promise<Containment>;
  /**
   * Whether the history of `head` has a fix: all commits up to `fix.commit` that nothing of what it stands on has, each
   * itself or as the same change, or their changes in one commit.
   */
  fixContainment(repository: string, head: string, fix: Fix, signal: AbortSignal): Promise<Containment>;
  /** The newest commit of a branch, as it is now; undefined: there is no such branch. */
  branchHead(repository: string, branch: string, signal: AbortSignal): Promise<string | undefined>;
  /**
   * The commits that a word names: a commit's id or its beginning, a change request (`#12`) or a ticket (`SHOP-12`).
   * @returns none when the repository has nothing of that name.
   */
  find(repository: string, word: string, signal: AbortSignal): Promise<readonly SourceCommit[]>;
}
