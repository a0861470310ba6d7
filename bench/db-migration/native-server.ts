import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { NativeTools } from './native-tools.ts';

/** The same for every side; what a small managed server has. */
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'shared_buffers=512MB',
  'max_wal_size=4GB',
  'max_connections=100',
] as const;

/** A server of the machine's own PostgreSQL, since its pg_dump reads none that is newer. */
export class NativeServer {
  readonly #folder: string;
  readonly #port: number;
  readonly #child: ChildProcess;

  private constructor(folder: string, port: number, child: ChildProcess) {
    this.#folder = folder;
    this.#port = port;
    this.#child = child;
  }

  static async start({ folder: bin, user }: NativeTools): Promise<NativeServer> {
    const folder = await mkdtemp(join(tmpdir(), 'bench-postgres-'));
    if (user.uid !== undefined) await chown(folder, user.uid, user.gid ?? user.uid);
    const data = join(folder, 'data');
    const init = spawn(join(bin, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'], {
      ...user,
      stdio: 'ignore',
    });
    const [code] = (await once(init, 'exit')) as [number];
    if (code !== 0) throw new Error(`initdb ended with ${String(code)}`);
    const port = await freePort();
    const options = settings.flatMap((setting) => ['-c', setting]);
    const child = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...options], { ...user, stdio: 'ignore' });
    const server = new NativeServer(folder, port, child);
    await server.#untilReady();
    return server;
  }

  url(database: string): string {
    return `postgres://bench@127.0.0.1:${String(this.#port)}/${database}`;
  }

  async run(sql: string): Promise<void> {
    const client = new Client({ connectionString: this.url('postgres') });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGINT');
    await ended;
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #untilReady(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        await this.run('SELECT 1');
        return;
      } catch (error) {
        if (tries === 100) throw error;
        await pause(100);
      }
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
