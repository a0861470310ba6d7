import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalFolders } from '../../../cli/compose/local-folders.ts';
import { shopSource } from '../../../cli/compose/shop-sources.ts';
import { GitSourceHistory } from '../../../engine/source/git-source-history.ts';

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'shop-sources-'));
});
afterAll(async () => {
  await rm(parent, { recursive: true, force: true });
});

describe("the sample's source", () => {
  it('is a repository with a commit for each release, which where and plans read', async () => {
    const folders = new LocalFolders(join(parent, 'home'));
    await folders.make(false);
    const [v1, v2] = [await shopSource(folders, 'v1'), await shopSource(folders, 'v2')];
    const history = new GitSourceHistory({ cacheFolder: join(parent, 'cache') });
    const { signal } = new AbortController();
    const gained = (await history.between(v2.repository, v1.commit, v2.commit, 10, signal)).gained;
    expect(gained.map(({ subject, tickets }) => [subject, tickets])).toEqual([['Shop v2 (#2)', ['SHOP-2']]]);
    expect((await history.find(v2.repository, '#2', signal)).map(({ commit }) => commit)).toEqual([v2.commit]);
    expect(await history.containment(v1.repository, v1.commit, v2.commit, signal)).toBe('absent');
    const files = execFileSync('git', ['-C', v2.repository, 'ls-tree', '-r', '--name-only', 'v2'], {
      encoding: 'utf8',
    });
    expect(files).toContain('release.json');
    expect(files).not.toContain('node_modules');
  });

  it('has the same commits wherever it is made', async () => {
    const made = await Promise.all(
      ['one', 'other'].map(async (name) => {
        const folders = new LocalFolders(join(parent, name));
        await folders.make(false);
        return (await shopSource(folders, 'v3')).commit;
      }),
    );
    expect(made[0]).toBe(made[1]);
  });
});
