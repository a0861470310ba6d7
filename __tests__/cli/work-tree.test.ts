import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWorkTree } from '../../cli/work-tree.ts';
import { UsageError } from '../../cli/usage-error.ts';

let folder: string;
let tree: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'work-tree-'));
  tree = join(folder, 'tree');
  git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', 'remote.git');
  git(folder, 'clone', '--quiet', 'remote.git', 'tree');
  await writeFile(join(tree, 'a.txt'), 'a');
});
afterEach(() => rm(folder, { recursive: true }));

function git(where: string, ...words: readonly string[]): string {
  const person = ['-c', 'user.name=Ana', '-c', 'user.email=ana@shop.example', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', ['-C', where, ...person, ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}

function commit(): string {
  git(tree, 'add', '.');
  git(tree, 'commit', '--quiet', '--message', 'x');
  return git(tree, 'rev-parse', 'HEAD');
}

describe('a git work tree', () => {
  it('is clean once everything is committed, and pushed once a branch of the remote holds it', async () => {
    const first = commit();
    expect(await readWorkTree(tree)).toEqual({ commit: first, branch: 'main', isClean: true, isPushed: false });
    git(tree, 'push', '--quiet', 'origin', 'main');
    expect(await readWorkTree(tree)).toEqual({ commit: first, branch: 'main', isClean: true, isPushed: true });
  });

  it('is not clean with a change, nor with a file that is new', async () => {
    commit();
    await writeFile(join(tree, 'a.txt'), 'b');
    expect(await readWorkTree(tree)).toMatchObject({ isClean: false });
    git(tree, 'checkout', '--quiet', '--', 'a.txt');
    await writeFile(join(tree, 'new.txt'), 'n');
    expect(await readWorkTree(tree)).toMatchObject({ isClean: false });
  });

  it('checked out without a branch, as CI does, is of the only branch of the remote that is at it', async () => {
    const first = commit();
    git(tree, 'push', '--quiet', 'origin', 'main');
    git(tree, 'checkout', '--quiet', '--detach');
    expect(await readWorkTree(tree)).toEqual({ commit: first, branch: 'main', isClean: true, isPushed: true });
    git(tree, 'push', '--quiet', 'origin', 'HEAD:refs/heads/other');
    git(tree, 'fetch', '--quiet');
    expect(await readWorkTree(tree)).toMatchObject({ branch: '(detached)', isPushed: true });
  });

  it('is looked at from below, too', async () => {
    commit();
    await mkdir(join(tree, 'below'));
    expect(await readWorkTree(join(tree, 'below'))).toMatchObject({ branch: 'main' });
  });

  it('is none elsewhere, and has nothing to tell before its first commit', async () => {
    await expect(readWorkTree(tree)).rejects.toThrow(UsageError);
    await expect(readWorkTree(folder)).rejects.toThrow('is no git work tree with a commit in it');
    await expect(readWorkTree(join(folder, 'nowhere'))).rejects.toThrow('--folder');
  });
});
