import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderUnusableError, reachFolder } from '../../../engine/storage/reach-folder.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'reach-'));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('a folder that is to be written into', () => {
  it('may be there or still to be made, and nothing is made by looking', async () => {
    expect((await reachFolder(root)).freeBytes).toBeGreaterThan(0);
    expect((await reachFolder(join(root, 'a/b/c'))).freeBytes).toBeGreaterThan(0);
    expect(await readdir(root)).toEqual([]);
  });

  it('is none where a file stands in the way', async () => {
    await writeFile(join(root, 'file'), '');
    for (const path of [join(root, 'file'), join(root, 'file/below/it')]) {
      await expect(reachFolder(path)).rejects.toThrow(FolderUnusableError);
      await expect(reachFolder(path)).rejects.toThrow(`${root}/file is no folder`);
    }
  });

  it('is none where a link leads nowhere, though nothing seems to be there', async () => {
    await symlink('gone', join(root, 'link'));
    await symlink('circle', join(root, 'circle'));
    for (const name of ['link', 'circle', 'link/below', 'circle/below']) {
      await expect(reachFolder(join(root, name))).rejects.toThrow(FolderUnusableError);
    }
  });
});
