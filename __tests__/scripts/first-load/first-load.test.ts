import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { firstLoad } from '../../../scripts/first-load/first-load.ts';
import { bytesOf, renderFirstLoad } from '../../../scripts/first-load/render-first-load.ts';

const page = `<!doctype html>
<link rel="icon" href="/icon.svg">
<script type="module" crossorigin src="/assets/index.js"></script>
<link rel="modulepreload" crossorigin href="/assets/ahead.js">
<link rel="stylesheet" crossorigin href="/assets/index.css">`;

const files: Readonly<Record<string, string>> = {
  'index.html': page,
  'icon.svg': '<svg/>',
  'assets/index.js':
    'import{a}from"./near.js";import"./side.js";const s=`import"./quoted.js"`;a(s,()=>import(`./late.js`));',
  'assets/near.js': 'import{b}from"./deep.js";export const a=b;',
  'assets/deep.js': `export const b=${JSON.stringify(randomBytes(3000).toString('base64'))};`,
  'assets/side.js': 'import{b}from"./deep.js";globalThis.c=b;',
  'assets/late.js': 'import{d}from"./later.js";export const c=d;',
  'assets/later.js': 'export const d=1;',
  'assets/ahead.js': 'export const e=1;',
  'assets/index.css': 'p{color:red}',
};

describe('what a browser loads before the first page stands', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'first-load-'));
    await mkdir(join(folder, 'assets'));
    for (const [path, content] of Object.entries(files)) await writeFile(join(folder, path), content);
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('is the page, what it names, and what that imports; not what is imported later', async () => {
    const loaded = await firstLoad(folder);
    expect(new Set(loaded.map(({ path }) => path))).toEqual(
      new Set([
        'index.html',
        ...['index.js', 'near.js', 'deep.js', 'side.js', 'ahead.js', 'index.css'].map((each) => `assets/${each}`),
      ]),
    );
  });

  it('weighs what gzip -9 makes of it, the heaviest first', async () => {
    const [first] = await firstLoad(folder);
    expect(first).toEqual({
      path: 'assets/deep.js',
      bytes: gzipSync(Buffer.from(files['assets/deep.js'] ?? ''), { level: 9 }).length,
    });
  });

  it('is told file by file, with what is too much and what to do about it', async () => {
    const loaded = [
      { path: 'assets/index.js', bytes: 150_000 },
      { path: 'assets/index.css', bytes: 50_100 },
    ];
    expect(bytesOf(loaded)).toBe(200_100);
    expect(renderFirstLoad(loaded, 200_000)).toMatch(/200\.1 kB\n +150\.0 kB {2}assets\/index\.js\n.*\n✖ 0\.1 kB over/);
    expect(renderFirstLoad(loaded, 200_100)).toContain('✔ within its budget of 200.1 kB');
  });
});
