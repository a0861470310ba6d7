import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { ensureEmbeddedPostgres, stopEmbeddedPostgres } from '../../engine/store/embedded/embedded-postgres.ts';
import { LocalFolders } from './local-folders.ts';
import { isProcessAlive } from '../../engine/storage/process-liveness.ts';

const prefix = 'scratch_';

/**
 * An empty database for one run, on the server that the engine starts itself, whatever `DATABASE_URL` says: what is
 * tried out never comes near what is kept. Gone when the run is over, with the server if it was started for it and nobody
 * else uses it; what a killed run left is removed by the next one.
 */
export class ScratchDatabase implements AsyncDisposable {
  readonly url: string;
  readonly #server: Client;
  readonly #name: string;
  /** The folder of the server that was started for this run; undefined when it ran already. */
  readonly #startedIn: string | undefined;

  private constructor(server: Client, name: string, url: string, startedIn: string | undefined) {
    this.#server = server;
    this.#name = name;
    this.url = url;
    this.#startedIn = startedIn;
  }

  static async make(folders = new LocalFolders()): Promise<ScratchDatabase> {
    await folders.make(true);
    const { url, wasStarted } = await ensureEmbeddedPostgres({ directory: folders.postgres });
    const server = new Client({ connectionString: url });
    // A server that goes away is told by the next question; without a listener it would end the process.
    server.on('error', () => undefined);
    await server.connect();
    try {
      await removeLeftOver(server);
      const name = `${prefix}${String(process.pid)}_${randomBytes(4).toString('hex')}`;
      await server.query(`create database ${escapeIdentifier(name)}`);
      const own = new URL(url);
      own.pathname = `/${name}`;
      return new ScratchDatabase(server, name, own.href, wasStarted ? folders.postgres : undefined);
    } catch (error) {
      await server.end().catch(() => undefined);
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    let isUsed: boolean;
    try {
      await this.#server.query(`drop database if exists ${escapeIdentifier(this.#name)} with (force)`);
      isUsed = await isSomebodyElseConnected(this.#server);
    } finally {
      await this.#server.end();
    }
    if (this.#startedIn !== undefined && !isUsed) await stopEmbeddedPostgres({ directory: this.#startedIn });
  }
}

async function isSomebodyElseConnected(server: Client): Promise<boolean> {
  const { rows } = await server.query<{ others: boolean }>(
    `select exists (select 1 from pg_stat_activity
       where backend_type = 'client backend' and pid <> pg_backend_pid()) as others`,
  );
  return rows[0]?.others !== false;
}

/** What runs have left whose process is gone. */
async function removeLeftOver(server: Client): Promise<void> {
  const { rows } = await server.query<{ datname: string }>(
    `select datname from pg_catalog.pg_database where datname ~ $1`,
    [`^${prefix}\\d+_[0-9a-f]{8}$`],
  );
  for (const { datname } of rows) {
    const pid = Number(datname.slice(prefix.length).split('_')[0]);
    if (pid === process.pid || (await isProcessAlive(pid))) continue;
    // Another run may be removing it, too.
    await server.query(`drop database if exists ${escapeIdentifier(datname)}`).catch(() => undefined);
  }
}
