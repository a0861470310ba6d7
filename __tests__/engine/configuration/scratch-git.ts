import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
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
  const run = (words: readonly string[], input = ''): string =>
    execFileSync('git', words, { env: ENVIRONMENT, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] }).trim();
  run(['init', '--quiet', '--bare', '--initial-branch=main', remote]);
  await appendFile(path.join(remote, 'config'), '[core]\n\tlogAllRefUpdates = always\n');
  const git = (...words: readonly string[]): string => run([`--git-dir=${remote}`, ...words]);
  let names = 0;
  return {
    folder,
    remote,
    fresh: (name) => path.join(folder, `${name}-${String((names += 1))}`),
    git,
    commit(branch, files, mode = '100644', message = 'by hand') {
      const ref = `refs/heads/${branch}`;
      // A file unless it was packed; git is asked only then, as starting it costs more than all else here.
      const hasParent = existsSync(path.join(remote, ref)) || git('for-each-ref', ref) !== '';
      const stream = [
        `commit ${ref}`,
        'mark :1',
        `committer Ana <ana@shop.example> now`,
        data(`${message}\n`),
        ...(hasParent ? [`from ${ref}^0`] : []),
        ...Object.entries(files).flatMap(([name, content]) => [
          `M ${mode} inline ${JSON.stringify(name)}`,
          data(content),
        ]),
        'get-mark :1',
        'done',
      ];
      // One process for what would be five and two for each file: hundreds of tests begin with this.
      return run(
        [`--git-dir=${remote}`, 'fast-import', '--quiet', '--done', '--date-format=now'],
        `${stream.join('\n')}\n`,
      );
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

function data(text: string): string {
  return `data ${String(Buffer.byteLength(text))}\n${text}`;
}
