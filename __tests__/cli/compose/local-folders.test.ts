import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalFolders } from '../../../cli/compose/local-folders.ts';
import { findServerAccount } from '../../../engine/store/embedded/server-account.ts';

const isRoot = process.getuid?.() === 0;
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

describe('the folder of an installation', () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'home-'));
  });
  afterEach(async () => {
    await rm(parent, { recursive: true, force: true });
  });

  it('is made for its owner alone, and for the user that the server runs as where that is another', async () => {
    const home = join(parent, 'a', 'home');
    await new LocalFolders(home).make(true);
    const account = await findServerAccount();
    for (const path of [home, join(parent, 'a')]) {
      expect(await modeOf(path)).toBe(isRoot ? 0o710 : 0o700);
      if (account !== undefined) expect((await stat(path)).gid).toBe(account.identity.gid);
    }
  });

  it('is for its owner alone when the server is elsewhere', async () => {
    await new LocalFolders(join(parent, 'home')).make(false);
    expect(await modeOf(join(parent, 'home'))).toBe(0o700);
  });

  it('closes what a former version left open, to the last file', async () => {
    const folders = new LocalFolders(join(parent, 'home'));
    await folders.make(true);
    await chmod(folders.root, 0o711);
    await mkdir(folders.in('registries', 'dev', 'blobs'), { recursive: true });
    await mkdir(folders.in('documents'), { mode: 0o755 });
    const files = [folders.in('registries', 'dev', 'blobs', 'x'), folders.in('documents', 'y'), folders.notifications];
    for (const file of files) {
      await writeFile(file, '');
      await chmod(file, 0o644);
    }
    for (const path of ['registries', 'registries/dev', 'registries/dev/blobs']) await chmod(folders.in(path), 0o755);
    await chmod(folders.in('documents'), 0o755);
    await folders.make(true);
    expect(await modeOf(folders.root)).toBe(isRoot ? 0o710 : 0o700);
    for (const file of files) expect(await modeOf(file)).toBe(0o600);
    for (const path of ['registries', 'registries/dev', 'registries/dev/blobs', 'documents']) {
      expect(await modeOf(folders.in(path))).toBe(0o700);
    }
  });

  it('leaves alone what is not its own, and what a link points at', async () => {
    const home = join(parent, 'home');
    const folders = new LocalFolders(home);
    await mkdir(home, { mode: 0o755 });
    await chmod(home, 0o755);
    await writeFile(join(parent, 'elsewhere'), '');
    await writeFile(join(home, 'somebody-elses'), '');
    for (const path of [join(parent, 'elsewhere'), join(home, 'somebody-elses')]) await chmod(path, 0o644);
    await symlink(join(parent, 'elsewhere'), folders.notifications);
    await folders.make(true);
    expect(await modeOf(home)).toBe(0o755);
    expect(await modeOf(join(parent, 'elsewhere'))).toBe(0o644);
    expect(await modeOf(join(home, 'somebody-elses'))).toBe(0o644);
  });
});
