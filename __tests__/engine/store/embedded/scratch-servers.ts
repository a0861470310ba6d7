import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

import pg from 'pg';

import { describeEmbeddedPostgres } from '../../../../engine/store/embedded/describe-embedded-postgres.ts';
import { stopEmbeddedPostgres } from '../../../../engine/store/embedded/embedded-postgres.ts';

/** Folders for servers, which end with the test. */
export class ScratchServers {
  readonly #folders: string[] = [];
  readonly #children: ChildProcess[] = [];

  /** @param mode of the folder's parent: closed to other users unless it says otherwise. */
  async folder(mode = 0o755): Promise<string> {
    const parent = await mkdtemp(join(tmpdir(), 'embedded-'));
    await chmod(parent, mode);
    const folder = join(parent, 'postgres');
    this.#folders.push(folder);
    return folder;
  }

  /** A process, with a process group of its own, that ensures the server of a folder. */
  ensureInProcess(folder: string) {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'ensure-in-process.ts'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    this.#children.push(child);
    const closed = once(child, 'close');
    const said = text(child.stdout);
    return {
      killGroup: async () => {
        if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
        await closed;
      },
      kill: async () => {
        child.kill('SIGKILL');
        await closed;
      },
      result: async () => {
        await closed;
        return JSON.parse(await said) as { readonly pid: number; readonly port: number; readonly wasStarted: boolean };
      },
    };
  }

  async end(): Promise<void> {
    for (const child of this.#children.splice(0)) child.kill('SIGKILL');
    for (const folder of this.#folders.splice(0)) {
      const { dataDirectory } = await describeEmbeddedPostgres({ directory: folder });
      await stopEmbeddedPostgres({ directory: folder });
      await rm(dirname(folder), { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
      await rm(dirname(dataDirectory), { recursive: true, force: true });
    }
  }
}

/** One statement over a connection of its own. */
export async function query(url: string, statement: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement);
    return rows;
  } finally {
    await client.end();
  }
}
