import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { HttpDatabaseFunction } from '../../engine/database/http-database-function.ts';
import { startScratchPostgres } from './scratch-postgres.ts';
import type { ScratchPostgres } from './scratch-postgres.ts';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');

/** The database-migration function in a process of its own, which a test may kill. */
export interface FunctionProcess {
  readonly url: string;
  readonly api: HttpDatabaseFunction;
  /** Everything it has written to standard output and standard error. */
  output(): string;
  /** SIGKILL: no handler of the process runs. */
  kill(): Promise<void>;
}

/** A real Postgres, a folder of secrets and of backups, and functions on top of them. */
export class DatabaseFunctionBench {
  readonly postgres: ScratchPostgres;
  readonly folder: string;
  readonly token = randomBytes(16).toString('hex');
  readonly #processes: FunctionProcess[] = [];
  readonly #clients: pg.Client[] = [];

  private constructor(postgres: ScratchPostgres, folder: string) {
    this.postgres = postgres;
    this.folder = folder;
  }

  static async start(): Promise<DatabaseFunctionBench> {
    const [postgres, folder] = await Promise.all([
      startScratchPostgres(),
      mkdtemp(path.join(tmpdir(), 'database-function-')),
    ]);
    const bench = new DatabaseFunctionBench(postgres, folder);
    await mkdir(bench.secretsFolder);
    await writeFile(bench.tokenFile, `${bench.token}\n`);
    return bench;
  }

  get secretsFolder(): string {
    return path.join(this.folder, 'secrets');
  }

  get backupsFolder(): string {
    return path.join(this.folder, 'backups');
  }

  get tokenFile(): string {
    return path.join(this.folder, 'token');
  }

  /** Makes an empty database, mounts its secret, and returns the name the function knows it by. */
  async createDatabase(name = `db-${randomBytes(5).toString('hex')}`): Promise<string> {
    await this.mountSecret(name, await this.postgres.createDatabase(name));
    return name;
  }

  /** Lets the function know a database by a name. */
  async mountSecret(name: string, url: string): Promise<void> {
    await writeFile(path.join(this.secretsFolder, name), url);
  }

  /** A session beside the function's, closed with the bench. */
  async connect(database: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.postgres.url(database) });
    client.on('error', () => undefined);
    await client.connect();
    this.#clients.push(client);
    return client;
  }

  /** @param environment beside what a function always gets; an empty value takes a variable away
   *  @param limits what its process may do; everything unless said otherwise */
  async startFunction(
    environment: Readonly<Record<string, string>> = {},
    limits: { readonly largestFileKilobytes?: number } = {},
  ): Promise<FunctionProcess> {
    // `ulimit -f` counts in blocks of half a kilobyte.
    const largestFile =
      limits.largestFileKilobytes === undefined ? 'unlimited' : String(limits.largestFileKilobytes * 2);
    const script = 'ulimit -f "$1"; shift; exec "$@"';
    const command = [process.execPath, 'functions/db-migration/serve.ts'];
    const child = spawn('/bin/sh', ['-c', script, 'limited', largestFile, ...command], {
      cwd: REPOSITORY,
      env: {
        PATH: process.env['PATH'] ?? '',
        PORT: '0',
        PROMOTION_CALLER_TOKEN_FILE: this.tokenFile,
        DATABASE_SECRETS_DIR: this.secretsFolder,
        BACKUPS_DIR: this.backupsFolder,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    const url = `http://127.0.0.1:${await listeningPort(child, output)}`;
    const started: FunctionProcess = {
      url,
      api: new HttpDatabaseFunction({ url, callerToken: async () => this.token }),
      output: () => output.join(''),
      kill: async () => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      },
    };
    this.#processes.push(started);
    return started;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((running) => running.kill()));
    await Promise.all(this.#clients.map((client) => client.end().catch(() => undefined)));
    await this.postgres.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function listeningPort(child: ChildProcess, output: readonly string[]): Promise<number> {
  if (child.stdout === null) throw new Error('The function has no standard output');
  for await (const line of createInterface({ input: child.stdout })) {
    const match = /"message":"listening","port":(\d+)/.exec(line);
    if (match !== null) return Number(match[1]);
  }
  throw new Error(`The function ended before it listened:\n${output.join('')}`);
}
