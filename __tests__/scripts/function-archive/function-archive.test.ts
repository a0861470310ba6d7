import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { jest } from '@jest/globals';
import { unzipSync } from 'fflate';

jest.setTimeout(120_000);

const run = promisify(execFile);
const repository = path.resolve(import.meta.dirname, '../../..');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'archive-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Builds in a process of its own. @returns the archive. */
async function build(root: string, environment: Readonly<Record<string, string>> = {}, umask = '022'): Promise<Buffer> {
  const file = path.join(folder, `${Math.random().toString(36).slice(2)}.zip`);
  const command = `umask ${umask}; exec "$@"`;
  const script = path.join(root, 'scripts/build-function.ts');
  await run('/bin/sh', ['-c', command, 'sh', process.execPath, script, file], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
  return readFile(file);
}

/** The project as a clone has it, in another folder; the packages are these. */
async function clone(): Promise<string> {
  const root = path.join(folder, 'a clone');
  await mkdir(root, { recursive: true });
  for (const part of ['package.json', 'package-lock.json', 'functions', 'engine', 'scripts']) {
    await cp(path.join(repository, part), path.join(root, part), { recursive: true });
  }
  await symlink(path.join(repository, 'node_modules'), path.join(root, 'node_modules'));
  return root;
}

describe('the archive of the database-migration function', () => {
  it('is the same, byte for byte, from another folder, time zone, language and umask', async () => {
    const here = await build(repository, { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8' }, '077');
    const there = await build(await clone(), { TZ: 'America/St_Johns', LANG: 'C' }, '000');
    expect(here.equals(there)).toBe(true);
  });

  it('changes with the code, and not with the version of the project', async () => {
    const root = await clone();
    const before = await build(root);
    const change = async (file: string, from: string, to: string) => {
      const text = await readFile(path.join(root, file), 'utf8');
      expect(text).toContain(from);
      await writeFile(path.join(root, file), text.replace(from, to));
    };
    await change('package.json', '"version": "0.1.0"', '"version": "9.9.9"');
    expect((await build(root)).equals(before)).toBe(true);
    await change('functions/db-migration/index.ts', "'production'", "'development'");
    expect((await build(root)).equals(before)).toBe(false);
  });

  it('names nothing of the machine that it was built on', async () => {
    const files = unzipSync(await build(repository));
    expect(Object.keys(files).sort()).toEqual([
      'index.js',
      'package-lock.json',
      'package.json',
      'pg-dump-worker.js',
      'pg_dump.wasm',
    ]);
    for (const [name, bytes] of Object.entries(files)) {
      const text = Buffer.from(bytes).toString('latin1');
      // Not by a matcher, which would print the whole file.
      if (text.includes(repository)) throw new Error(`${name} names this machine`);
    }
  });
});
