import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitSourceHistory } from '../../../engine/source/git-source-history.ts';
import { SourceRepository } from '../../support/source-repository.ts';

let source: SourceRepository;
let cache: string;
let history: GitSourceHistory;
/** What runs, and what the fix is put upon. */
let live: string;
const signal = AbortSignal.timeout(60_000);

beforeEach(() => {
  source = new SourceRepository();
  cache = mkdtempSync(join(tmpdir(), 'fix-cache-'));
  history = new GitSourceHistory({ cacheFolder: cache });
  live = source.commit('shop.js', 'one\n', 'What runs');
  source.checkOut('hotfix', live);
});
afterEach(() => {
  source.remove();
  rmSync(cache, { recursive: true, force: true });
});

const find = (head: string, commit: string, standsOn: readonly string[] = [live]) =>
  history.fixContainment(source.address, head, { commit, standsOn }, signal);

/** A branch that goes on from what runs, without the fix. */
function develop(): void {
  source.checkOut('develop', live);
  source.commit('other.js', 'other\n', 'Something else');
}

describe('a fix of several commits', () => {
  let first: string;
  let second: string;
  beforeEach(() => {
    first = source.commit('a.js', 'a\n', 'Close the hole');
    second = source.commit('b.js', 'b\n', 'Test that it is closed');
    develop();
  });

  it('is there when the branch was merged', async () => {
    source.git('merge', '--quiet', '--no-edit', 'hotfix');
    expect(await find(source.head(), second)).toBe('commit');
  });

  it('is there when each commit was picked, in whatever order and between others', async () => {
    source.git('cherry-pick', second);
    source.commit('more.js', 'more\n');
    source.git('cherry-pick', first);
    expect(await find(source.head(), second)).toBe('patch');
  });

  it('is not there when only the newest commit was picked', async () => {
    source.git('cherry-pick', second);
    expect(await find(source.head(), second)).toBe('absent');
  });

  it('is there when it was squashed into one commit, also among later ones', async () => {
    source.git('merge', '--quiet', '--squash', 'hotfix');
    source.git('commit', '--quiet', '-m', 'The hotfix (#12)');
    source.commit('more.js', 'more\n');
    expect(await find(source.head(), second)).toBe('patch');
  });

  it('is not there when a squash has only some of it', async () => {
    source.commit('a.js', 'a\n', 'Close the hole otherwise');
    source.commit('b.js', 'not b\n', 'Another test');
    expect(await find(source.head(), second)).toBe('absent');
  });
});

describe('a fix of one commit', () => {
  it('is there as itself or as the same change, and not for its message', async () => {
    const fix = source.commit('a.js', 'a\n', 'Close the hole');
    develop();
    expect(await find(source.head(), fix)).toBe('absent');
    source.commit('c.js', 'c\n', 'Close the hole');
    expect(await find(source.head(), fix)).toBe('absent');
    source.git('cherry-pick', fix);
    expect(await find(source.head(), fix)).toBe('patch');
  });

  it('is what no release that runs has, whatever else its branch brought along', async () => {
    source.checkOut('next', live);
    const alreadyRuns = source.commit('next.js', 'next\n', 'Runs in staging');
    source.checkOut('second-hotfix', alreadyRuns);
    const fix = source.commit('a.js', 'a\n', 'Close the hole');
    develop();
    source.git('cherry-pick', fix);
    expect(await find(source.head(), fix, [live, alreadyRuns])).toBe('patch');
    expect(await find(source.head(), fix, [live])).toBe('absent');
  });

  it('is found by itself when nothing is known of what it stands on, or that is gone', async () => {
    const fix = source.commit('a.js', 'a\n', 'Close the hole');
    develop();
    source.git('cherry-pick', fix);
    expect(await find(source.head(), fix, [])).toBe('patch');
    expect(await find(source.head(), fix, ['f'.repeat(40)])).toBe('patch');
  });
});

describe('a fix that came with a merge', () => {
  it('is what the merge brought', async () => {
    const fix = source.commit('a.js', 'a\n', 'Close the hole');
    source.checkOut('main');
    source.git('merge', '--quiet', '--no-ff', '--no-edit', 'hotfix');
    const merge = source.head();
    develop();
    expect(await find(source.head(), merge)).toBe('absent');
    source.git('cherry-pick', fix);
    expect(await find(source.head(), merge)).toBe('patch');
    expect(await find(source.head(), merge, [])).toBe('patch');
  });
});

describe('the newest commit of a branch', () => {
  it('is known as it is now, and unknown when there is no such branch', async () => {
    develop();
    expect(await history.branchHead(source.address, 'develop', signal)).toBe(source.head());
    const later = source.commit('later.js', 'later\n');
    expect(await history.branchHead(source.address, 'develop', signal)).toBe(later);
    expect(await history.branchHead(source.address, 'nowhere', signal)).toBeUndefined();
    expect(await history.branchHead(source.address, '--all', signal)).toBeUndefined();
  });
});
