import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalFolders } from '../../../cli/compose/local-folders.ts';
import { startLocalFunction } from '../../../cli/compose/local-function.ts';

describe('the database-migration function of local mode', () => {
  it('ends by itself when it is asked to stop, and stopping it again is nothing', async () => {
    const root = await mkdtemp(join(tmpdir(), 'local-function-'));
    try {
      const running = await startLocalFunction(new LocalFolders(root));
      await running.stop();
      expect(running.process.exitCode).toBe(0);
      await running.stop();
      await expect(fetch(running.url)).rejects.toThrow('fetch failed');
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });
});
