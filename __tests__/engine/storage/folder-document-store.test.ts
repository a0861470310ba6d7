import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
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
    expect((await stat(join(root, 'backups-pr-1'))).mode & 0o077).toBe(0);
  });

  it.each(['', '..', 'a/b', '.hidden', '-x'])('is refused under the name %j', async (name) => {
    await expect(store.write('backups-pr-1', name, 'x', under(1))).rejects.toThrow('no document name');
    await expect(store.write(name, 'backup.json', 'x', under(1))).rejects.toThrow('no document name');
    expect(await readdir(root)).toEqual([]);
  });

  it('is left alone by a run that is being aborted', async () => {
    const aborted = { ...under(1), signal: AbortSignal.abort(new Error('lease lost')) };
    await expect(store.write('backups-pr-1', 'backup.json', 'x', aborted)).rejects.toThrow('lease lost');
    await expect(store.fence('backups-pr-1', aborted)).rejects.toThrow('lease lost');
    expect(await readdir(root)).toEqual([]);
  });
});
