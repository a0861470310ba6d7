import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ServiceLog } from '../../../../engine/deployment/local/service-log.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'log-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('keeps the newest output in two files of a bounded size, in order, across lives of the platform', async () => {
  const path = join(folder, 'logs', 'api.log');
  const lines = Array.from({ length: 100 }, (_, index) => `line ${String(index).padStart(3, '0')}\n`);
  const [first, second] = [new ServiceLog(path, 200), new ServiceLog(path, 200)];
  await Promise.all(lines.slice(0, 50).map((line) => first.append(line)));
  await Promise.all(lines.slice(50).map((line) => second.append(line)));
  expect((await readdir(join(folder, 'logs'))).sort()).toEqual(['api.log', 'api.log.1']);
  const [older, newer] = [await readFile(`${path}.1`, 'utf8'), await readFile(path, 'utf8')];
  expect(older.length).toBeLessThanOrEqual(200);
  expect(newer.length).toBeLessThanOrEqual(200);
  expect(older.length + newer.length).toBeGreaterThan(200);
  expect(lines.join('').endsWith(older + newer)).toBe(true);
});

it('writes text that is longer than a file may be all the same', async () => {
  const log = new ServiceLog(join(folder, 'api.log'), 10);
  await log.append('x'.repeat(50));
  await log.append('y');
  expect(await readFile(join(folder, 'api.log.1'), 'utf8')).toBe('x'.repeat(50));
  expect(await readFile(join(folder, 'api.log'), 'utf8')).toBe('y');
});
