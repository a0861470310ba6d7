import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchFolder } from '../../../cli/compose/watch-folder.ts';

describe('the folder of an installation that is open', () => {
  let base: string;
  let root: string;
  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'watch-folder-'));
    root = join(base, 'home');
    await mkdir(root);
  });
  afterEach(async () => {
    await rm(base, { recursive: true, force: true });
  });

  it('is there as long as it is, whatever is written in it', async () => {
    const whatIsGone = await watchFolder({ root });
    await writeFile(join(root, 'promote.log'), 'a line');
    expect(await whatIsGone()).toBeUndefined();
  });

  it('is gone once it is removed, also when another one was made in its place', async () => {
    const whatIsGone = await watchFolder({ root });
    const gone = `the installation in ${root} was removed`;
    await rename(root, join(base, 'aside'));
    expect(await whatIsGone()).toBe(gone);
    await mkdir(root);
    expect(await whatIsGone()).toBe(gone);
  });
});
