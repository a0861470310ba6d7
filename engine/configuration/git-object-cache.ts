import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { GitProcess, GitResult } from './git-process.ts';

/** A named entry of a commit's tree. */
export interface TreeEntry {
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly id: string;
}

export const REGULAR_FILE_MODES: readonly string[] = ['100644', '100755'];

/**
 * A bare local repository that holds objects of a remote and the ones made here. It has no work tree and nobody's refs;
 * several processes may share it, and removing it loses nothing that was pushed.
 */
export class GitObjectCache {
  readonly #git: GitProcess;
  readonly #folder: string;
  #isReady = false;

  constructor(git: GitProcess, folder: string) {
    this.#git = git;
    this.#folder = folder;
  }

  get folder(): string {
    return this.#folder;
  }

  /** Makes the repository unless it is there. */
  async prepare(signal: AbortSignal): Promise<void> {
    if (this.#isReady) {
      return;
    }
    if (!(await exists(path.join(this.#folder, 'HEAD')))) {
      // Made elsewhere and renamed, so that two processes never see half of one.
      const parent = path.dirname(this.#folder);
      await mkdir(parent, { recursive: true });
      const draft = await mkdtemp(path.join(parent, '.git-cache-'));
      try {
        await this.#git.run({ arguments: ['init', '--quiet', '--bare', '--template=', '--', draft], signal });
        await rename(draft, this.#folder);
      } catch (error) {
        await rm(draft, { recursive: true, force: true });
        if (!(await exists(path.join(this.#folder, 'HEAD')))) {
          throw error;
        }
      }
    }
    this.#isReady = true;
  }

  async run(
    words: readonly string[],
    signal: AbortSignal,
    more: {
      readonly stdin?: string;
      readonly environment?: Readonly<Record<string, string>>;
      readonly acceptedExitCodes?: readonly number[];
    } = {},
  ): Promise<GitResult> {
    return this.#git.run({ arguments: [`--git-dir=${this.#folder}`, ...words], signal, ...more });
  }

  /** Like `run`, for commands that print one short text. */
  async text(...invocation: Parameters<GitObjectCache['run']>): Promise<string> {
    return (await this.run(...invocation)).stdout.toString('utf8').trim();
  }

  async hasCommit(commit: string, signal: AbortSignal): Promise<boolean> {
    const { exitCode } = await this.run(['cat-file', '-e', `${commit}^{commit}`], signal, {
      acceptedExitCodes: [0, 1, 128],
    });
    return exitCode === 0;
  }

  /** What a commit holds at a path, or undefined when nothing is there. */
  async entry(commit: string, filePath: string, signal: AbortSignal): Promise<TreeEntry | undefined> {
    const listing = await this.text(['ls-tree', '-z', '--full-tree', commit, '--', filePath], signal);
    const match = /^(\d{6}) (blob|tree|commit) ([0-9a-f]+)\t([^\0]*)/.exec(listing);
    const [, mode, type, id, name] = match ?? [];
    if (mode === undefined || id === undefined || name !== filePath) {
      return undefined;
    }
    return { mode, type: type === 'tree' ? 'tree' : type === 'commit' ? 'commit' : 'blob', id };
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return false;
    }
    throw error;
  }
}
