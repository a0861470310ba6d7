import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { jest } from '@jest/globals';
import { unzipSync } from 'fflate';
import { HttpDatabaseFunction } from '../../../engine/database/http-database-function.ts';
import { functionArchive } from '../../../scripts/function-archive/function-archive.ts';
import { DatabaseFunctionBench } from '../../support/database-function-process.ts';
import { freePort } from '../../support/free-port.ts';
import { sampleMigration } from '../../support/sample-migration.ts';

jest.setTimeout(180_000);

const run = promisify(execFile);
const repository = path.resolve(import.meta.dirname, '../../..');
const { signal } = new AbortController();

let bench: DatabaseFunctionBench;
let folder: string;
let deployed: ChildProcess | undefined;
let said = '';
beforeAll(async () => {
  bench = await DatabaseFunctionBench.start();
  folder = await mkdtemp(path.join(tmpdir(), 'deployed-'));
});
afterAll(async () => {
  if (deployed !== undefined && deployed.exitCode === null) {
    const ended = once(deployed, 'exit');
    deployed.kill('SIGKILL');
    await ended;
  }
  await bench.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What Cloud Functions does with an archive: unpack it, install what its lock names, start the framework with its target. */
async function deploy(): Promise<string> {
  const { bytes } = await functionArchive(repository);
  for (const [name, content] of Object.entries(unzipSync(bytes))) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
  await run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder });
  const port = await freePort();
  deployed = spawn(path.join(folder, 'node_modules/.bin/functions-framework'), ['--target=dbMigration'], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: String(port),
      PROMOTION_CALLER_TOKEN_FILE: bench.tokenFile,
      DATABASE_SECRETS_DIR: bench.secretsFolder,
      BACKUPS_DIR: bench.backupsFolder,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [deployed.stdout, deployed.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  const url = `http://127.0.0.1:${String(port)}`;
  while ((await fetch(url).catch(() => undefined)) === undefined) {
    if (deployed.exitCode !== null) throw new Error(`The function ended before it listened:\n${said}`);
    await delay(50);
  }
  return url;
}

describe('the archive, installed and started alone in an empty folder', () => {
  it('answers about a real database as its source does, pg_dump included, and changes it in the same way', async () => {
    const url = await deploy();
    const api = new HttpDatabaseFunction({ url, callerToken: async () => bench.token });
    const { api: source } = await bench.startFunction();
    expect((await readdir(path.join(folder, 'node_modules'))).includes('pg')).toBe(false);

    const database = await bench.createDatabase();
    const client = await bench.connect(database);
    await client.query(
      "create table orders (id bigint generated always as identity primary key, note text default '→')",
    );
    const schema = await api.schema(database, signal);
    expect(schema.sql).toContain('CREATE TABLE public.orders');
    expect(schema).toEqual(await source.schema(database, signal));

    const migration = sampleMigration(1, 'alter table orders add column total int');
    const result = await api.migrate(database, [migration], { key: 'pr-1:migrate', fence: 1, signal });
    expect(result.applied).toEqual([1]);
    expect((await api.schema(database, signal)).sql).toContain('total integer');
    expect(await api.state(database, signal)).toEqual(await source.state(database, signal));
    expect(await api.extensions(database, signal)).toEqual(await source.extensions(database, signal));

    const wrong = (asked: HttpDatabaseFunction) =>
      asked.schema('nowhere', signal).catch((error: unknown) => String(error));
    expect(await wrong(api)).toBe(await wrong(source));
    const unauthorized = new HttpDatabaseFunction({ url, callerToken: async () => 'wrong' });
    await expect(unauthorized.state(database, signal)).rejects.toThrow();
  });
});
