import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { KeptFunction } from '../../../cli/compose/kept-function.ts';
import { LocalFolders } from '../../../cli/compose/local-folders.ts';

jest.setTimeout(120_000);

describe('the function that local mode keeps running', () => {
  it('is started again at the same address after it was killed, which its log says, and ends when it is stopped', async () => {
    const root = await mkdtemp(join(tmpdir(), 'kept-function-'));
    const lines: string[] = [];
    const kept = await KeptFunction.start(new LocalFolders(root), (line) => lines.push(line));
    try {
      const { url, pid } = kept;
      if (pid === undefined) throw new Error('it has no process');
      process.kill(pid, 'SIGKILL');
      while (lines.length < 2) await pause(20);
      expect(lines).toEqual([
        'the database-migration function ended (SIGKILL); it is started again, everything else goes on',
        `the database-migration function answers again at ${url}`,
      ]);
      expect(kept.pid).not.toBe(pid);
      expect((await fetch(url)).status).toBeGreaterThanOrEqual(200);
    } finally {
      await kept.stop();
      await rm(root, { recursive: true, force: true });
    }
    await expect(fetch(kept.url)).rejects.toThrow('fetch failed');
    expect(lines).toHaveLength(2);
  });
});
