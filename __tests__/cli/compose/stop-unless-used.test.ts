import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { LocalFolders } from '../../../cli/compose/local-folders.ts';
import { writeLocalRecord } from '../../../cli/compose/local-record.ts';
import { stopUnlessUsed } from '../../../cli/compose/stop-unless-used.ts';
import { ensureEmbeddedPostgres, stopEmbeddedPostgres } from '../../../engine/store/embedded/embedded-postgres.ts';

// A real server is started, which takes its time on a busy machine.
jest.setTimeout(120_000);

let parent: string;
let folders: LocalFolders;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'stop-unless-used-'));
  // The server's own user passes through.
  await chmod(parent, 0o755);
  folders = new LocalFolders(join(parent, 'home'));
  await folders.make(true);
});
afterEach(async () => {
  await stopEmbeddedPostgres({ directory: folders.postgres });
  await rm(parent, { recursive: true, force: true });
});

const platformOf = (pid: number) =>
  writeLocalRecord(folders, { rulesFile: '/rules.yaml', functionUrl: 'http://127.0.0.1:9', pid });

describe('a server that a look started', () => {
  it('ends with the look where local mode was stopped, and at no other time', async () => {
    const { url } = await ensureEmbeddedPostgres({ directory: folders.postgres });
    // Local mode was never started here.
    expect(await stopUnlessUsed(folders, url)).toBe(false);
    // It runs by now.
    await platformOf(process.pid);
    expect(await stopUnlessUsed(folders, url)).toBe(false);
    // It was stopped, and somebody else looks.
    await platformOf(spawnSync('true').pid);
    const other = new Client({ connectionString: url });
    await other.connect();
    expect(await stopUnlessUsed(folders, url)).toBe(false);
    await other.end();
    // The server takes a moment to notice that he has gone.
    while (!(await stopUnlessUsed(folders, url))) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await stopEmbeddedPostgres({ directory: folders.postgres })).toEqual({ wasRunning: false });
  });
});
