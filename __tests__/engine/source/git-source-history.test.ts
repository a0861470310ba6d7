import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitSourceHistory } from '../../../engine/source/git-source-history.ts';

let folder: string;
let repository: string;
let history: GitSourceHistory;
const signal = AbortSignal.timeout(60_000);

function git(...words: readonly string[]): string {
  const identity = ['-c', 'user.name=Ana', '-c', 'user.email=ana@shop.example'];
  return execFileSync('git', ['-C', repository, ...identity, ...words], { encoding: 'utf8' }).trim();
}

function commitFile(name: string, content: string, message: string): string {
  writeFileSync(join(repository, name), content);
  git('add', '.');
  git('commit', '--quiet', '-m', message);
  return git('rev-parse', 'HEAD');
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'source-history-'));
  repository = join(folder, 'source');
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', repository]);
  history = new GitSourceHistory({ cacheFolder: join(folder, 'cache') });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the history of the source', () => {
  it('says what a release gains and loses, with change requests and tickets', async () => {
    const base = commitFile('a', '1', 'Begin');
    const first = commitFile('a', '2', 'Gift notes (#12)\n\nSHOP-7 asked for them.');
    git('checkout', '--quiet', '-b', 'hotfix', base);
    const fix = commitFile('b', '1', 'Close the hole\n\nOPS-3');
    git('checkout', '--quiet', 'main');
    const difference = await history.between(repository, fix, first, 10, signal);
    expect(difference.gained).toMatchObject([
      {
        commit: first,
        author: 'ana@shop.example',
        subject: 'Gift notes (#12)',
        changeRequests: ['#12'],
        tickets: ['SHOP-7'],
      },
    ]);
    expect(difference.lost).toMatchObject([{ commit: fix, tickets: ['OPS-3'] }]);
    expect(difference.isCut).toBe(false);
    expect(await history.between(repository, undefined, first, 1, signal)).toMatchObject({
      gained: [{ commit: first }],
      lost: [],
      isCut: true,
    });
  });

  it('sees commits that came after its copy was made', async () => {
    const base = commitFile('a', '1', 'Begin');
    expect((await history.between(repository, undefined, base, 10, signal)).gained).toHaveLength(1);
    const later = commitFile('a', '2', 'Later');
    expect((await history.between(repository, base, later, 10, signal)).gained).toMatchObject([{ commit: later }]);
  });

  it('finds a fix in a release by its commit, or by the same change made again, and says when it is absent', async () => {
    const base = commitFile('a', '1', 'Begin');
    git('checkout', '--quiet', '-b', 'hotfix', base);
    const fix = commitFile('b', 'closed', 'Close the hole');
    git('checkout', '--quiet', 'main');
    const without = commitFile('c', '1', 'Something else');
    expect(await history.containment(repository, fix, fix, signal)).toBe('commit');
    expect(await history.containment(repository, without, fix, signal)).toBe('absent');
    git('cherry-pick', fix);
    const picked = commitFile('d', '1', 'More');
    expect(await history.containment(repository, picked, fix, signal)).toBe('patch');
    git('merge', '--quiet', '--no-edit', 'hotfix');
    expect(await history.containment(repository, git('rev-parse', 'HEAD'), fix, signal)).toBe('commit');
  });

  it('finds commits by id, change request and ticket, and not by what only looks alike', async () => {
    const first = commitFile('a', '1', 'One (#1) SHOP-1');
    commitFile('a', '2', 'Twelve (#12) SHOP-12');
    const ids = async (word: string) => (await history.find(repository, word, signal)).map(({ commit }) => commit);
    expect(await ids(first.slice(0, 8))).toEqual([first]);
    expect(await ids('#1')).toEqual([first]);
    expect(await ids('SHOP-1')).toEqual([first]);
    expect(await ids('SHOP-2')).toEqual([]);
    expect(await ids('0000000')).toEqual([]);
  });

  it('tells a commit that nobody pushed, and refuses what could be taken for an option', async () => {
    commitFile('a', '1', 'Begin');
    await expect(history.between(repository, undefined, 'f'.repeat(40), 10, signal)).rejects.toThrow('push it');
    await expect(history.between(repository, undefined, '--output=x', 10, signal)).rejects.toThrow(
      'not the id of a commit',
    );
  });
});
