import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  livingPlatform,
  PlatformAlreadyRunningError,
  PlatformLock,
} from '../../../../engine/deployment/local/platform-lock.ts';

jest.setTimeout(60_000);

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lock-'));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('the right to be the platform over a folder', () => {
  it('is one process’s at a time, which others can tell, and free again after it', async () => {
    expect(await livingPlatform(root)).toBeUndefined();
    for (let life = 0; life < 3; life += 1) {
      const id = crypto.randomUUID();
      const lock = await PlatformLock.take(root, id);
      expect(await livingPlatform(root)).toBe(id);
      await expect(PlatformLock.take(root, crypto.randomUUID())).rejects.toThrow(PlatformAlreadyRunningError);
      await lock.release();
      expect(await livingPlatform(root)).toBeUndefined();
      expect(await readdir(join(root, '.platform'))).toHaveLength(1);
    }
  });

  it.each([
    ['nothing', undefined],
    ['something unreadable', 'not JSON'],
    ['a process that is gone', JSON.stringify({ id: crypto.randomUUID(), pid: 2 ** 22, startMark: 'x' })],
    ['one whose number is in use again', JSON.stringify({ id: crypto.randomUUID(), pid: process.pid, startMark: 'x' })],
  ])('is taken by one of many over the remains of %s', async (_case, remains) => {
    for (let round = 0; round < 20; round += 1) {
      const folder = join(root, String(round));
      await mkdir(join(folder, '.platform'), { recursive: true });
      if (remains !== undefined) await symlink(remains, join(folder, '.platform', '7'));
      const results = await Promise.allSettled(
        Array.from({ length: 6 }, () => PlatformLock.take(folder, crypto.randomUUID())),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(PlatformAlreadyRunningError);
      }
    }
  });

  it('is never held twice while many take and release it', async () => {
    let holders = 0;
    let taken = 0;
    const contend = async (): Promise<void> => {
      for (let turn = 0; turn < 25; turn += 1) {
        try {
          const lock = await PlatformLock.take(root, crypto.randomUUID());
          holders += 1;
          taken += 1;
          expect(holders).toBe(1);
          await new Promise((resolve) => setImmediate(resolve));
          expect(holders).toBe(1);
          holders -= 1;
          await lock.release();
        } catch (error) {
          if (!(error instanceof PlatformAlreadyRunningError)) throw error;
        }
      }
    };
    await Promise.all([contend(), contend(), contend(), contend()]);
    expect(taken).toBeGreaterThan(0);
  });
});
