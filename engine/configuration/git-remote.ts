import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { reachFolder } from '../storage/reach-folder.ts';
import { GitError } from './git-error.ts';
import type { GitProcess, GitResult } from './git-process.ts';

/** For a remote over HTTP. Asked for at every command, so that a short-lived token can be renewed. */
export interface GitCredentials {
  /** GitHub takes any user name beside a token; `x-access-token` is its convention. */
  readonly user: string;
  readonly password: string;
}

export interface GitRemoteOptions {
  /** A folder, or a `file:`, `https:`, `http:` or `ssh:` URL. User and password in it are used and never shown. */
  readonly address: string;
  /** Undefined: nobody vouches for the caller, which is enough for what is public. */
  readonly credentials?: (signal: AbortSignal) => Promise<GitCredentials | undefined>;
}

/** A ref's move from one exact value to another; undefined is "does not exist". */
export interface RefUpdate {
  readonly ref: string;
  readonly from: string | undefined;
  readonly to: string;
}

/** contended: a ref was not what the lease said, or its lock was taken; nothing was written. */
export type PushOutcome = { readonly kind: 'pushed' } | { readonly kind: 'contended'; readonly reason: GitError };

/** One repository on the other side of a transport, reached from a local repository through the git program only. */
export class GitRemote {
  readonly #git: GitProcess;
  readonly #gitFolder: string;
  readonly #address: string;
  readonly #credentials: GitRemoteOptions['credentials'];

  constructor(git: GitProcess, gitFolder: string, options: GitRemoteOptions) {
    const { address, credentials } = withoutCredentials(options.address);
    this.#git = git;
    this.#gitFolder = gitFolder;
    this.#address = address;
    this.#credentials = options.credentials ?? (credentials && (() => Promise.resolve(credentials)));
  }

  /** The address without credentials, fit to be shown. */
  get address(): string {
    return this.#address;
  }

  /** What the refs point at now; a ref that does not exist is left out. */
  async list(refs: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const { stdout } = await this.#run(['ls-remote', '--', this.#address, ...refs], signal);
    const found = new Map<string, string>();
    for (const line of stdout.toString('utf8').split('\n')) {
      const [id, ref] = line.split('\t');
      // ls-remote matches the end of names, so that it may list more than was asked for.
      if (id !== undefined && ref !== undefined && refs.includes(ref)) {
        found.set(ref, id);
      }
    }
    return found;
  }

  /** Brings a ref's history into the local repository, and remembers it there so that the next fetch is small. */
  async fetchRef(ref: string, signal: AbortSignal): Promise<void> {
    // One path component: branches `a` and, after its removal, `a/b` must not be in each other's way.
    await this.#fetch(`+${ref}:refs/seen/${encodeURIComponent(ref)}`, signal);
  }

  /** Brings every branch and tag into the local repository; those that are gone there go here too. */
  async fetchBranches(signal: AbortSignal): Promise<void> {
    await this.#run(
      [
        'fetch',
        '--quiet',
        '--prune',
        '--no-write-fetch-head',
        '--no-recurse-submodules',
        '--',
        this.#address,
        '+refs/heads/*:refs/heads/*',
        '+refs/tags/*:refs/tags/*',
      ],
      signal,
    );
  }

  /** @throws GitError when the remote has no such object or does not give it away. */
  async fetchCommit(commit: string, signal: AbortSignal): Promise<void> {
    await this.#fetch(commit, signal);
  }

  /**
   * Makes all updates or none. The remote compares each ref with `from` under its locks. Every update must really
   * change its ref: git leaves an unchanged ref out of a push and then does not check its lease.
   * @throws GitError when the push failed for another reason than contention.
   */
  async pushAtomically(updates: readonly RefUpdate[], signal: AbortSignal): Promise<PushOutcome> {
    const unchanged = updates.find(({ from, to }) => from === to);
    if (unchanged !== undefined) {
      throw new TypeError(`${unchanged.ref} would not change, and git checks no lease of a ref that does not change`);
    }
    const result = await this.#run(
      [
        'push',
        '--porcelain',
        '--atomic',
        '--no-verify',
        ...updates.map(({ ref, from }) => `--force-with-lease=${ref}:${from ?? ''}`),
        '--',
        this.#address,
        ...updates.map(({ ref, to }) => `${to}:${ref}`),
      ],
      signal,
      [0, 1],
    );
    if (result.exitCode === 0) {
      return { kind: 'pushed' };
    }
    const flags = result.stdout
      .toString('utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'));
    const words = [...flags, result.stderr].join('\n');
    const isContended = flags.length > 0 && flags.every((line) => CONTENTION.test(line));
    const failure = !isContended
      ? 'rejected'
      : /stale info|incorrect old value|already exists/.test(words)
        ? 'ref-changed'
        : 'ref-locked';
    const reason = new GitError(
      failure,
      `git push --atomic -- ${this.#address} ${updates.map(({ ref }) => ref).join(' ')}`,
      1,
      words,
    );
    if (isContended) {
      return { kind: 'contended', reason };
    }
    throw reason;
  }

  /** Whether this user may push, as far as the remote tells before a push. @throws GitError, FolderUnusableError */
  async tryPush(commit: string, ref: string, signal: AbortSignal): Promise<void> {
    const folder = folderOf(this.#address);
    if (folder !== undefined) await reachFolder(path.join(folder, 'objects'));
    await this.#run(['push', '--dry-run', '--quiet', '--no-verify', '--', this.#address, `+${commit}:${ref}`], signal);
  }

  #fetch(refspec: string, signal: AbortSignal): Promise<GitResult> {
    return this.#run(
      [
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-write-fetch-head',
        '--no-recurse-submodules',
        '--',
        this.#address,
        refspec,
      ],
      signal,
    );
  }

  async #run(
    words: readonly string[],
    signal: AbortSignal,
    acceptedExitCodes: readonly number[] = [0],
  ): Promise<GitResult> {
    const credentials = await this.#credentials?.(signal);
    return this.#git.run({
      arguments: [`--git-dir=${this.#gitFolder}`, ...words],
      configuration: credentials === undefined ? {} : authorization(this.#address, credentials),
      signal,
      acceptedExitCodes,
    });
  }
}

/** The folder of a bare repository on this machine; undefined for everything else. */
function folderOf(address: string): string | undefined {
  const folder = address.startsWith('file://') ? fileURLToPath(address) : address;
  return path.isAbsolute(folder) && existsSync(path.join(folder, 'objects')) ? folder : undefined;
}

/** Words of the remote, or of git itself, that say "somebody else is writing, or has written, here". */
const CONTENTION =
  /stale info|fetch first|non-fast-forward|incorrect old value|already exists|cannot lock ref|failed to lock|failed to update ref|atomic (?:push|transaction) fail/;

function authorization(address: string, { user, password }: GitCredentials): Record<string, string> {
  const basic = Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
  // Bound to the origin, so that a redirect elsewhere does not carry it along.
  return { [`http.${new URL(address).origin}/.extraHeader`]: `Authorization: Basic ${basic}` };
}

function withoutCredentials(address: string): { address: string; credentials?: GitCredentials } {
  if (address.startsWith('-') || address.includes('\0')) {
    throw new TypeError('A git remote is a folder or a file:, https:, http: or ssh: URL');
  }
  if (!address.includes('://')) {
    return { address: /^[^/\s@]+@[^/\s:]+:/.test(address) ? address : path.resolve(address) };
  }
  // The parser's own error would repeat the address with its password.
  if (!URL.canParse(address)) {
    throw new TypeError('The git remote is not a valid URL');
  }
  const url = new URL(address);
  const { username, password } = url;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    url.password = '';
    return { address: url.href };
  }
  url.username = '';
  url.password = '';
  if (username === '' && password === '') {
    return { address: url.href };
  }
  return {
    address: url.href,
    credentials: { user: decodeURIComponent(username), password: decodeURIComponent(password) },
  };
}
