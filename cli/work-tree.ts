import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { promisify } from 'node:util';
import { UsageError } from './usage-error.ts';

const execute = promisify(execFile);

/** What a release is built from, as git sees it. */
export interface WorkTreeState {
  readonly commit: string;
  /** `(detached)` where no branch can be told. */
  readonly branch: string;
  /** Whether nothing is changed and nothing is new. */
  readonly isClean: boolean;
  /** Whether a branch of a remote holds the commit, as far as this clone knows. */
  readonly isPushed: boolean;
}

/** Looks at a git work tree and changes nothing. @throws UsageError when it is none, or has no commit yet. */
export async function readWorkTree(folder: string): Promise<WorkTreeState> {
  const commit = await git(folder, 'rev-parse', '--verify', 'HEAD');
  const changes = await git(folder, 'status', '--porcelain=v1', '--untracked-files=normal');
  const remotes = await git(
    folder,
    'for-each-ref',
    '--contains',
    commit,
    '--format=%(refname:lstrip=3)',
    'refs/remotes',
  );
  const branches = [...new Set(remotes.split('\n').filter((name) => name !== '' && name !== 'HEAD'))];
  const own = await git(folder, 'branch', '--show-current');
  const [only, ...others] = branches;
  return {
    commit,
    // As CI checks out: no branch, and one of the remote's that is at it.
    branch: own !== '' ? own : only !== undefined && others.length === 0 ? only : '(detached)',
    isClean: changes === '',
    isPushed: branches.length > 0,
  };
}

async function git(folder: string, ...words: readonly string[]): Promise<string> {
  // Nobody's own settings decide what counts as changed.
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_OPTIONAL_LOCKS: '0',
    LC_ALL: 'C',
  };
  try {
    const { stdout } = await execute('git', ['-C', folder, ...words], { env, maxBuffer: 64 * 1024 * 1024 });
    return stdout.trim();
  } catch (error) {
    const said = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new UsageError(
      `${folder} is no git work tree with a commit in it (${said.split('\n')[0] ?? ''}); name one with --folder`,
    );
  }
}
