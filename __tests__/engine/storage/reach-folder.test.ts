import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
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
});
