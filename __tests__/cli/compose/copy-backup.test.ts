import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyBackup } from '../../../cli/compose/copy-backup.ts';
import { LocalFolders } from '../../../cli/compose/local-folders.ts';
import { doneStep } from '../../../scripts/sample-promotion.ts';

const id = 'pr-7f3a';
const folder = `backups/shop/staging/${id}`;
const backedUp = (databaseBackup: string | null) => ({
  id,
  steps: [{ ...doneStep('back-up', 0, 1, 'commit 9c1e2f4'), output: { databaseBackup, folder } }],
});

describe('the copy of a back-up', () => {
  let home: string;
  let destination: string;
  let folders: LocalFolders;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'copy-backup-'));
    destination = join(home, 'copy');
    folders = new LocalFolders(join(home, 'installation'));
    const documents = join(folders.documents, folder);
    await mkdir(join(documents, '.staging'), { recursive: true });
    await mkdir(join(folders.databaseBackups, 'shop-1', 'data'), { recursive: true });
    await mkdir(destination, { mode: 0o700 });
    await writeFile(join(documents, 'backup.json'), '{}', { mode: 0o644 });
    await symlink('/etc/hostname', join(documents, 'elsewhere'));
    await writeFile(join(folders.databaseBackups, 'shop-1', 'manifest.json'), '{"rows":5}');
    await writeFile(join(folders.databaseBackups, 'shop-1', 'data', 'orders'), 'rows');
  });
  afterEach(async () => {
    await rm(home, { recursive: true, force: true });
  });

  it('holds the documents and the database, readable for its owner alone, and nothing of the store’s own', async () => {
    const files = await copyBackup(folders, backedUp('shop-1'), destination);
    expect(files.toSorted()).toEqual(['backup.json', 'database/data/orders', 'database/manifest.json']);
    expect(await readFile(join(destination, 'database/data/orders'), 'utf8')).toBe('rows');
    expect((await stat(join(destination, 'backup.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(destination, 'database'))).mode & 0o777).toBe(0o700);
  });

  it('holds no database where there is none', async () => {
    expect(await copyBackup(folders, backedUp(null), destination)).toEqual(['backup.json']);
  });

  it('is empty until something was backed up', async () => {
    expect(await copyBackup(folders, { id, steps: [] }, destination)).toEqual([]);
    expect(await readdir(destination)).toEqual([]);
  });

  it('never writes over what is there', async () => {
    await writeFile(join(destination, 'backup.json'), 'precious');
    await expect(copyBackup(folders, backedUp(null), destination)).rejects.toThrow('EEXIST');
    expect(await readFile(join(destination, 'backup.json'), 'utf8')).toBe('precious');
  });
});
