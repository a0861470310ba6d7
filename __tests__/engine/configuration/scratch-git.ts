import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ENVIRONMENT = {
  PATH: process.env['PATH'],
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Ana',
  GIT_AUTHOR_EMAIL: 'ana@shop.example',
  GIT_COMMITTER_NAME: 'Ana',
  GIT_COMMITTER_EMAIL: 'ana@shop.example',
};

/** A bare repository as a git host has it, with reflogs, and a git command line that looks into it from outside. */
export interface ScratchGit {
  readonly folder: string;
  readonly remote: string;
  /** A folder name that nothing has used yet. */
  fresh(name: string): string;
  git(...words: readonly string[]): string;
  /** Commits files on top of a branch, as a person with a clone would, and returns the new head. @param message default: by hand. */
  commit(branch: string, files: Readonly<Record<string, string>>, mode?: '100644' | '100755', message?: string): string;
  /** Every ref with what it points at. */
  refs(): string;
  /** Every movement of every ref there has ever been. */
  movements(): string;
  remove(): Promise<void>;
}

export async function scratchGit(): Promise<ScratchGit> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scratch-git-'));
  const remote = path.join(folder, 'remote.git');
  const run = (words: readonly string[], more: { input?: string; environment?: Record<string, string> } = {}): string =>
    execFileSync('git', words, {
      env: { ...ENVIRONMENT, ...more.environment },
      input: more.input ?? '',
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    }).trim();
  run(['init', '--quiet', '--bare', '--initial-branch=main', remote]);
  const git = (...words: readonly string[]): string => run([`--git-dir=${remote}`, ...words]);
  git('config', 'core.logAllRefUpdates', 'always');
  let names = 0;
  return {
    folder,
    remote,
    fresh: (name) => path.join(folder, `${name}-${String((names += 1))}`),
    git,
    commit(branch, files, mode = '100644', message = 'by hand') {
      const index = { environment: { GIT_INDEX_FILE: path.join(folder, `index-${String((names += 1))}`) } };
      const ref = `refs/heads/${branch}`;
      const parent = git('for-each-ref', '--format=%(objectname)', ref);
      if (parent !== '') {
        run([`--git-dir=${remote}`, 'read-tree', parent], index);
      }
      for (const [name, content] of Object.entries(files)) {
        const blob = run([`--git-dir=${remote}`, 'hash-object', '-w', '--stdin'], { input: content });
        run([`--git-dir=${remote}`, 'update-index', '--add', '--cacheinfo', `${mode},${blob},${name}`], index);
      }
      const tree = run([`--git-dir=${remote}`, 'write-tree'], index);
      const parents = parent === '' ? [] : ['-p', parent];
      const commit = git('commit-tree', tree, ...parents, '-m', message);
      git('update-ref', ref, commit);
      return commit;
    },
    refs: () => git('for-each-ref', '--format=%(refname) %(objectname)'),
    movements: () =>
      git('for-each-ref', '--format=%(refname)')
        .split('\n')
        .map((ref) => git('reflog', 'show', '--format=%gD %H', ref))
        .join('\n'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
