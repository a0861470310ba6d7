import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderDocumentStore } from '../../../engine/storage/folder-document-store.ts';
import { StaleFenceError } from '../../../engine/workflow/fence.ts';

const { signal } = new AbortController();
const under = (fence: number) => ({ key: 'pr-1:back-up', fence, signal });
let root: string;
let store: FolderDocumentStore;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'documents-'));
  store = new FolderDocumentStore(root);
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('a document', () => {
  it('is read as it was written last, and does not exist before', async () => {
    expect(await store.read('backups-pr-1', 'backup.json', signal)).toBeUndefined();
    await store.write('backups-pr-1', 'backup.json', 'one', under(1));
    const { location } = await store.write('backups-pr-1', 'backup.json', 'two', under(1));
    expect(location).toBe(join(root, 'backups-pr-1', 'backup.json'));
    expect(await store.read('backups-pr-1', 'backup.json', signal)).toBe('two');
  });

  it('is not written again when it says the same already, which shuts out older runs all the same', async () => {
    const { location } = await store.write('backups-pr-1', 'backup.json', 'one', under(1));
    const { ino } = await stat(location);
    await store.write('backups-pr-1', 'backup.json', 'one', under(3));
    expect((await stat(location)).ino).toBe(ino);
    await expect(store.write('backups-pr-1', 'backup.json', 'two', under(2))).rejects.toBeInstanceOf(StaleFenceError);
  });

  it('can be kept from older runs before it is written at all', async () => {
    await store.fence('backups-pr-1', under(2));
    await expect(store.write('backups-pr-1', 'backup.json', 'late', under(1))).rejects.toBeInstanceOf(StaleFenceError);
    expect(await store.read('backups-pr-1', 'backup.json', signal)).toBeUndefined();
  });

  it('is for its owner alone', async () => {
    await store.write('backups-pr-1', 'backup.json', 'one', under(1));
    await store.write('backups/shop/pr-1', 'backup.json', 'one', under(1));
    for (const folder of ['backups-pr-1', 'backups', 'backups/shop', 'backups/shop/pr-1']) {
      expect((await stat(join(root, folder))).mode & 0o777).toBe(0o700);
    }
    for (const file of ['backups-pr-1/backup.json', 'backups/shop/pr-1/backup.json']) {
      expect((await stat(join(root, file))).mode & 0o777).toBe(0o600);
    }
  });

  it.each(['', '..', '.hidden', '-x'])('is refused under the name %j', async (name) => {
    await expect(store.write('backups-pr-1', name, 'x', under(1))).rejects.toThrow('no document name');
    await expect(store.write(name, 'backup.json', 'x', under(1))).rejects.toThrow('no document name');
    await expect(store.write(`backups/${name}`, 'backup.json', 'x', under(1))).rejects.toThrow('no document name');
    await expect(store.read(`backups/${name}`, 'backup.json', signal)).rejects.toThrow('no document name');
    expect(await readdir(root)).toEqual([]);
  });

  it('goes to no other place, whoever has put a link on the way', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'elsewhere-'));
    await writeFile(join(elsewhere, 'backup.json'), 'somebody’s own');
    await symlink(elsewhere, join(root, 'backups'));
    await mkdir(join(root, 'reports'));
    await symlink(elsewhere, join(root, 'reports', 'pr-1'));
    await mkdir(join(root, 'kept'));
    await symlink(join(elsewhere, 'backup.json'), join(root, 'kept', 'backup.json'));
    for (const folder of ['backups', 'backups/shop', 'reports/pr-1', 'kept']) {
      await expect(store.write(folder, 'backup.json', 'x', under(1))).rejects.toThrow(/link/);
      await expect(store.read(folder, 'backup.json', signal)).rejects.toThrow(/link/);
    }
    expect(await readdir(elsewhere)).toEqual(['backup.json']);
    expect(await readFile(join(elsewhere, 'backup.json'), 'utf8')).toBe('somebody’s own');
    await rm(elsewhere, { recursive: true });
  });

  it('is left alone by a run that is being aborted', async () => {
    const aborted = { ...under(1), signal: AbortSignal.abort(new Error('lease lost')) };
    await expect(store.write('backups-pr-1', 'backup.json', 'x', aborted)).rejects.toThrow('lease lost');
    await expect(store.fence('backups-pr-1', aborted)).rejects.toThrow('lease lost');
    expect(await readdir(root)).toEqual([]);
  });
});
