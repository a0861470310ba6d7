import { jest } from '@jest/globals';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CommitRequest } from '../../../engine/configuration/configuration-repository.ts';
import {
  BranchNotFoundError,
  GitConfigurationRepository,
} from '../../../engine/configuration/git-configuration-repository.ts';
import { GitError } from '../../../engine/configuration/git-error.ts';
import { PreconditionFailedError, StaleFenceError, type Effect } from '../../../engine/workflow/fence.ts';
import { scratchGit, type ScratchGit } from './scratch-git.ts';

// Real processes and many runs; on a busy machine they take their time.
jest.setTimeout(120_000);

const never = new AbortController().signal;
const under = (fence: number, key = 'pr-1:promote-configuration'): Effect => ({ key, fence, signal: never });
const author = { name: 'Ana', email: 'ana@shop.example', at: new Date('2026-11-02T10:00:00.700Z') };

let scratch: ScratchGit;
let base: string;

beforeEach(async () => {
  scratch = await scratchGit();
  base = scratch.commit('main', { 'values.yaml': 'release: v1\n', 'apps/shop/values.yaml': 'a: 1\n' });
});
afterEach(() => scratch.remove());

const repository = (binary?: string): GitConfigurationRepository =>
  new GitConfigurationRepository({
    remote: { address: scratch.remote },
    cacheFolder: scratch.fresh('cache'),
    ...(binary === undefined ? {} : { git: { binary } }),
  });

const request = (more: Partial<CommitRequest> = {}): CommitRequest => ({
  change: 'pr-1',
  base,
  files: [{ path: 'values.yaml', content: 'release: v2\n' }],
  message: 'Promote shop v2 to staging\n',
  author,
  ...more,
});

/** A git that does something of the test's choosing just before its first push. */
async function gitThatBeforePushing(script: string): Promise<string> {
  const wrapper = path.join(scratch.folder, 'git-wrapper');
  const once = path.join(scratch.folder, 'pushed-once');
  await writeFile(
    wrapper,
    `#!/bin/sh
for word; do
  if [ "$word" = push ] && [ ! -e "${once}" ]; then
    touch "${once}"
    ${script}
  fi
done
exec git "$@"
`,
  );
  await chmod(wrapper, 0o755);
  return wrapper;
}

describe('reading', () => {
  it('finds a branch’s head and the files of a commit', async () => {
    const git = repository();
    expect(await git.head('main', never)).toBe(base);
    expect(await git.read(base, 'values.yaml', never)).toBe('release: v1\n');
    expect(await git.read(base, 'apps/shop/values.yaml', never)).toBe('a: 1\n');
  });

  it('knows whether it could be written, and writes nothing to find out', async () => {
    const before = scratch.refs();
    await repository().reach('main', never);
    expect(scratch.refs()).toBe(before);
    await expect(repository().reach('no-such-branch', never)).rejects.toThrow(BranchNotFoundError);
  });

  it('tells who changed a file, when and how, newest first, and nothing of other files', async () => {
    const git = repository();
    const next = scratch.commit('main', { 'values.yaml': 'release: v2\n' });
    scratch.commit('main', { 'apps/shop/values.yaml': 'a: 2\n' });
    const last = scratch.commit('main', { 'values.yaml': 'release: v3\n' });
    const history = await git.history('main', 'values.yaml', 10, never);
    expect(history.map(({ commit }) => commit)).toEqual([last, next, base]);
    expect(history).toMatchObject([
      { author: { name: 'Ana', email: 'ana@shop.example' }, message: 'by hand\n', at: expect.any(Date) as Date },
      { parent: base },
      { parent: undefined },
    ]);
    expect(await git.history('main', 'values.yaml', 1, never)).toHaveLength(1);
    expect(await git.history('main', '*.yaml', 10, never)).toEqual([]);
    await expect(git.history('no-such-branch', 'values.yaml', 10, never)).rejects.toThrow(BranchNotFoundError);
    await expect(git.history('main', '../values.yaml', 10, never)).rejects.toThrow('cannot be a path');
  });

  it('answers undefined for what is absent, and says so when it is the branch', async () => {
    const git = repository();
    expect(await git.read(base, 'no/such.yaml', never)).toBeUndefined();
    expect(await git.read(base, 'values.yaml/below', never)).toBeUndefined();
    expect(await git.proposed('pr-1', never)).toBeUndefined();
    await expect(git.head('no-such-branch', never)).rejects.toThrow(BranchNotFoundError);
  });

  it('follows a branch that was moved by others', async () => {
    const git = repository();
    await git.head('main', never);
    const next = scratch.commit('main', { 'values.yaml': 'release: v9\n' });
    expect(await git.head('main', never)).toBe(next);
    expect(await git.read(next, 'values.yaml', never)).toBe('release: v9\n');
  });

  it('reads a commit with a cache that has seen nothing, byte for byte', async () => {
    const content = '\uFEFFa: "ü"\r\nb: 1';
    const next = scratch.commit('main', { 'values.yaml': content });
    scratch.commit('main', { 'values.yaml': 'later' });
    expect(await repository().read(next, 'values.yaml', never)).toBe(content);
  });

  it('refuses a folder, a path that leaves the repository, and a commit that does not exist', async () => {
    const git = repository();
    await expect(git.read(base, 'apps', never)).rejects.toThrow('is a folder');
    await expect(git.read(base, '../etc/passwd', never)).rejects.toThrow('cannot be a path');
    await expect(git.read('--output=x', 'values.yaml', never)).rejects.toThrow('cannot name a commit');
    await expect(git.read('1'.repeat(40), 'values.yaml', never)).rejects.toMatchObject({ failure: 'missing-object' });
  });

  it('survives that the branch `a` becomes a folder of branches', async () => {
    const git = repository();
    scratch.commit('a', { x: '1' });
    await git.head('a', never);
    scratch.git('update-ref', '-d', 'refs/heads/a');
    const below = scratch.commit('a/b', { x: '2' });
    expect(await git.head('a/b', never)).toBe(below);
  });

  it('shows the difference of two commits as a unified diff', async () => {
    const git = repository();
    const proposed = await git.propose('main', request(), under(1));
    const diff = await git.diff(base, proposed, 'values.yaml', never);
    expect(diff).toContain('-release: v1\n+release: v2\n');
    expect(await git.diff(base, proposed, undefined, never)).toBe(diff);
    expect(await git.diff(base, proposed, 'apps/shop/values.yaml', never)).toBe('');
  });
});

describe('proposing a change', () => {
  it('commits to a ref of its own and leaves the branch alone', async () => {
    const git = repository();
    const commit = await git.propose('main', request(), under(1));
    expect(await git.proposed('pr-1', never)).toBe(commit);
    expect(await git.head('main', never)).toBe(base);
    expect(await git.read(commit, 'values.yaml', never)).toBe('release: v2\n');
    expect(await git.read(commit, 'apps/shop/values.yaml', never)).toBe('a: 1\n');
    expect(scratch.git('log', '-1', '--format=%P|%an|%ae|%at|%cn|%ce|%ct|%B', commit)).toBe(
      `${base}|Ana|ana@shop.example|1793613600|Ana|ana@shop.example|1793613600|Promote shop v2 to staging`,
    );
  });

  it('makes the same commit on another machine and writes nothing the second time', async () => {
    const first = await repository().propose('main', request(), under(1));
    const refs = scratch.refs();
    expect(await repository().propose('main', request(), under(1))).toBe(first);
    expect(scratch.refs()).toBe(refs);
  });

  it('adds, changes and removes files and keeps the mode of a script', async () => {
    const parent = scratch.commit('main', { 'run.sh': '' }, '100755');
    const commit = await repository().propose(
      'main',
      request({
        base: parent,
        files: [
          { path: 'run.sh', content: 'echo\n' },
          { path: 'new/deep/ü file.yaml', content: 'n: 1\n' },
          { path: 'apps/shop/values.yaml', removed: true },
          { path: 'never/was/here', removed: true },
        ],
      }),
      under(1),
    );
    const listing = scratch.git(
      '-c',
      'core.quotePath=false',
      'ls-tree',
      '-r',
      '--format=%(objectmode) %(path)',
      commit,
    );
    expect(listing.split('\n')).toEqual(['100644 new/deep/ü file.yaml', '100755 run.sh', '100644 values.yaml']);
  });

  it('refuses to follow when its ref already holds another commit', async () => {
    const git = repository();
    await git.propose('main', request(), under(1));
    const refs = scratch.refs();
    const other = request({ files: [{ path: 'values.yaml', content: 'release: v3\n' }] });
    await expect(git.propose('main', other, under(2))).rejects.toThrow(PreconditionFailedError);
    expect(scratch.refs()).toBe(refs);
  });

  it.each([
    ['a path outside', { path: '../x', content: '' }],
    ['an absolute path', { path: '/x', content: '' }],
    ['the repository’s own folder', { path: 'a/.GIT/hooks/post-update', content: '' }],
    ['a line break', { path: 'a\nb', content: '' }],
    ['a file in the place of a folder', { path: 'apps', content: '' }],
    ['a folder in the place of a file', { path: 'values.yaml/x', content: '' }],
    ['text that is no Unicode', { path: 'x', content: '\ud800' }],
  ])('refuses %s and writes nothing', async (_, file) => {
    const refs = scratch.refs();
    await expect(repository().propose('main', request({ files: [file] }), under(1))).rejects.toThrow(TypeError);
    expect(scratch.refs()).toBe(refs);
  });

  it.each(['', '-x', 'a/b', 'a..b', 'a.lock', 'a b', 'ä'])('refuses %j as the name of a change', async (change) => {
    await expect(repository().propose('main', request({ change }), under(1))).rejects.toThrow('cannot name a change');
  });
});

describe('advancing a branch', () => {
  it('moves it from what was expected, once', async () => {
    const git = repository();
    const commit = await git.propose('main', request(), under(1));
    await git.advance('main', base, commit, under(1));
    expect(await git.head('main', never)).toBe(commit);
    const refs = scratch.refs();
    await git.advance('main', base, commit, under(1));
    expect(scratch.refs()).toBe(refs);
  });

  it('refuses when a person has pushed meanwhile, and keeps their commit', async () => {
    const git = repository();
    const commit = await git.propose('main', request(), under(1));
    const theirs = scratch.commit('main', { 'values.yaml': 'release: hotfix\n' });
    await expect(git.advance('main', base, commit, under(1))).rejects.toMatchObject({
      name: 'PreconditionFailedError',
      expected: base,
      actual: theirs,
    });
    expect(await git.head('main', never)).toBe(theirs);
  });

  it('refuses when a person pushes in the last moment', async () => {
    const commit = await repository().propose('main', request(), under(1));
    const theirs = scratch.commit('elsewhere', { x: '1' });
    const binary = await gitThatBeforePushing(`git --git-dir="${scratch.remote}" update-ref refs/heads/main ${theirs}`);
    await expect(repository(binary).advance('main', base, commit, under(1))).rejects.toThrow(PreconditionFailedError);
    expect(await repository().head('main', never)).toBe(theirs);
  });

  it('refuses a commit that does not build on what was expected', async () => {
    const unrelated = scratch.commit('unrelated', { x: '1' });
    await expect(repository().advance('main', base, unrelated, under(1))).rejects.toThrow('does not build on it');
  });

  it('refuses a branch that is gone', async () => {
    const commit = await repository().propose('main', request(), under(1));
    scratch.git('update-ref', '-d', 'refs/heads/main');
    await expect(repository().advance('main', base, commit, under(1))).rejects.toMatchObject({ actual: 'nothing' });
  });
});

describe('the fence', () => {
  it('lets a newer run in and keeps an older one out, whatever it tries', async () => {
    const git = repository();
    const commit = await git.propose('main', request(), under(5));
    await repository().fence('main', under(6));
    const refs = scratch.refs();
    await expect(git.advance('main', base, commit, under(5))).rejects.toMatchObject({ fence: 5, highest: 6 });
    await expect(git.propose('main', request({ change: 'pr-2' }), under(5))).rejects.toThrow(StaleFenceError);
    await expect(git.propose('main', request(), under(5))).rejects.toThrow(StaleFenceError);
    await expect(git.fence('main', under(5))).rejects.toThrow(StaleFenceError);
    expect(scratch.refs()).toBe(refs);
    await git.advance('main', base, commit, under(6));
    expect(await git.head('main', never)).toBe(commit);
  });

  it('is taken once per fence and is separate per lane', async () => {
    const git = repository();
    await git.fence('staging', under(7));
    const refs = scratch.refs();
    await git.fence('staging', under(7));
    expect(scratch.refs()).toBe(refs);
    await git.fence('production', under(2));
    await expect(git.fence('production', under(1))).rejects.toThrow(StaleFenceError);
  });

  it('is taken even when the change is found to be made already', async () => {
    await repository().propose('main', request(), under(1));
    await repository().propose('main', request(), under(2));
    await expect(repository().fence('main', under(1))).rejects.toMatchObject({ highest: 2 });
  });

  it('decides again when it was taken by a newer run in the last moment', async () => {
    const newer = repository();
    await newer.fence('main', under(9));
    const record = scratch.git('rev-parse', 'refs/fences/main');
    scratch.git('update-ref', '-d', 'refs/fences/main');
    const binary = await gitThatBeforePushing(
      `git --git-dir="${scratch.remote}" update-ref refs/fences/main ${record}`,
    );
    const movements = scratch.movements();
    await expect(repository(binary).propose('main', request(), under(8))).rejects.toThrow(StaleFenceError);
    expect(scratch.refs()).toContain(`refs/fences/main ${record}`);
    expect(scratch.refs()).not.toContain('refs/promotions');
    expect(scratch.movements()).toContain(movements);
  });

  it('moves to a new commit with every write, because git checks no lease of a ref that does not change', async () => {
    const git = repository();
    const commit = await git.propose('main', request(), under(1));
    const afterPropose = scratch.git('rev-parse', 'refs/fences/main');
    await git.advance('main', base, commit, under(1));
    expect(scratch.git('rev-parse', 'refs/fences/main')).not.toBe(afterPropose);
  });

  it('says when somebody else’s commit is in its place', async () => {
    scratch.git('update-ref', 'refs/fences/main', base);
    await expect(repository().fence('main', under(1))).rejects.toThrow('is no fence record');
  });
});

describe('many at once', () => {
  it('serves lanes that share a cache without one disturbing the other', async () => {
    const lanes = ['dev', 'qa', 'staging', 'production'];
    for (const lane of lanes) {
      scratch.git('update-ref', `refs/heads/${lane}`, base);
    }
    const cacheFolder = scratch.fresh('shared-cache');
    const commits = await Promise.all(
      lanes.map(async (lane, index) => {
        const git = new GitConfigurationRepository({ remote: { address: `file://${scratch.remote}` }, cacheFolder });
        const commit = await git.propose(lane, request({ change: `pr-${lane}` }), under(index + 1));
        await git.advance(lane, base, commit, under(index + 1));
        return commit;
      }),
    );
    const heads = await Promise.all(lanes.map((lane) => repository().head(lane, never)));
    expect(heads).toEqual(commits);
  });

  it('lets exactly one of two different changes under one name win', async () => {
    const outcomes = await Promise.allSettled(
      ['v2', 'v3', 'v4'].map((release) =>
        repository().propose(
          'main',
          request({ files: [{ path: 'values.yaml', content: `release: ${release}\n` }] }),
          under(1),
        ),
      ),
    );
    const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(won).toEqual([await repository().proposed('pr-1', never)]);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        expect(outcome.reason).toBeInstanceOf(PreconditionFailedError);
      }
    }
  });

  it('gives up with git’s own words when a lock is never released', async () => {
    await mkdir(path.join(scratch.remote, 'refs/fences'));
    await writeFile(path.join(scratch.remote, 'refs/fences/main.lock'), '');
    const error: unknown = await repository()
      .fence('main', under(1))
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(GitError);
    expect(error).toMatchObject({ failure: 'ref-locked', exitCode: 1 });
    expect(String(error)).toContain('main.lock');
  });
});
