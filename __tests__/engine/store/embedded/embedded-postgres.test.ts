import { jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { describeEmbeddedPostgres } from '../../../../engine/store/embedded/describe-embedded-postgres.ts';
import {
  type EmbeddedPostgres,
  ensureEmbeddedPostgres,
  stopEmbeddedPostgres,
} from '../../../../engine/store/embedded/embedded-postgres.ts';
import { findNativeFolder } from '../../../../engine/store/embedded/postgres-binaries.ts';
import { isProcessAlive } from '../../../../engine/storage/process-liveness.ts';
import { query, ScratchServers } from './scratch-servers.ts';

jest.setTimeout(60_000);

const servers = new ScratchServers();
let directory: string;

beforeEach(async () => {
  directory = await servers.folder();
});

afterEach(async () => {
  await servers.end();
});

const postmasterFile = ({ dataDirectory }: EmbeddedPostgres) => join(dataDirectory, 'postmaster.pid');

async function killed(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  while (await isProcessAlive(pid)) await sleep(5);
}

/** A server that was started, given a row, and ended. */
async function stoppedWithRow(): Promise<EmbeddedPostgres> {
  const server = await ensureEmbeddedPostgres({ directory });
  await query(server.url, 'create table kept as select 42 as answer');
  await stopEmbeddedPostgres({ directory });
  return server;
}

async function expectRow(server: EmbeddedPostgres): Promise<void> {
  await expect(query(server.url, 'select answer from kept')).resolves.toEqual([{ answer: 42 }]);
}

describe('the server', () => {
  it('takes connections on loopback with its password only, and loses nothing that was committed', async () => {
    const { url, port, version, wasStarted, dataDirectory } = await ensureEmbeddedPostgres({ directory });
    expect({ wasStarted, version }).toEqual({
      wasStarted: true,
      version: expect.stringMatching(/^\d+\.\d+$/) as string,
    });
    const settings = await query(
      url,
      `select name, setting from pg_settings where name in ('listen_addresses', 'unix_socket_directories', 'fsync',
        'full_page_writes', 'synchronous_commit', 'max_connections', 'password_encryption', 'server_encoding', 'TimeZone')`,
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      max_connections: '200',
      password_encryption: 'scram-sha-256',
      server_encoding: 'UTF8',
      TimeZone: 'UTC',
    });
    await expect(query(url, `select lower('ÄÖ') as lower`)).resolves.toEqual([{ lower: 'äö' }]);
    await expect(query(`postgres://promotion:wrong@127.0.0.1:${String(port)}/postgres`, 'select 1')).rejects.toThrow(
      'password authentication failed',
    );
    const rules = await readFile(join(dataDirectory, 'pg_hba.conf'), 'utf8');
    const methods = rules.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
    expect(methods.every((line) => line.endsWith('scram-sha-256'))).toBe(true);
  });

  it('keeps its password in a file that only its owner may read, and nowhere else', async () => {
    const { url, logFile, pid } = await ensureEmbeddedPostgres({ directory });
    const password = await readFile(join(directory, 'password'), 'utf8');
    expect((await stat(join(directory, 'password'))).mode & 0o777).toBe(0o600);
    expect(new URL(url).password).toBe(password);
    for (const file of [logFile, join(directory, 'server.json'), `/proc/${String(pid)}/cmdline`]) {
      if (existsSync(file)) await expect(readFile(file, 'utf8')).resolves.not.toContain(password);
    }
    await expect(
      readdir(directory, { recursive: true }).then((names) => names.filter((name) => name.endsWith('password'))),
    ).resolves.toEqual(['password']);
  });

  it('is adopted when it runs', async () => {
    const first = await ensureEmbeddedPostgres({ directory });
    const second = await ensureEmbeddedPostgres({ directory });
    expect(second).toEqual({ ...first, wasStarted: false });
  });

  it('lives on when the process that started it is killed with its whole group', async () => {
    const starter = servers.ensureInProcess(directory);
    const { pid } = await starter.result();
    const other = servers.ensureInProcess(directory);
    await other.killGroup();
    const adopted = await ensureEmbeddedPostgres({ directory });
    expect(adopted).toMatchObject({ pid, wasStarted: false });
    await expect(query(adopted.url, 'select 1 as one')).resolves.toEqual([{ one: 1 }]);
  });

  it('is started once by several processes at the same time', async () => {
    const results = await Promise.all([1, 2, 3, 4].map(() => servers.ensureInProcess(directory).result()));
    expect(new Set(results.map(({ pid, port }) => `${String(pid)}:${String(port)}`)).size).toBe(1);
    expect(results.filter(({ wasStarted }) => wasStarted)).toHaveLength(1);
  });

  const isMaking = () => existsSync(directory) && readdirSync(directory).some((name) => name.startsWith('.making'));
  it.each<[string, 'kill' | 'killGroup', () => boolean]>([
    ['while initdb works, which goes on', 'kill', isMaking],
    ['while initdb works, together with it', 'killGroup', isMaking],
    ['when the data are there', 'kill', () => existsSync(join(directory, 'data'))],
    ['when the server begins', 'kill', () => existsSync(join(directory, 'data', 'postmaster.pid'))],
  ])('comes up after its starter was killed %s', async (_moment, how, hasCome) => {
    const starter = servers.ensureInProcess(directory);
    while (!hasCome()) await sleep(1);
    await starter[how]();
    const server = await ensureEmbeddedPostgres({ directory });
    expect(server.notes).toEqual([]);
    await expect(query(server.url, 'select 1 as one')).resolves.toEqual([{ one: 1 }]);
    expect((await readdir(directory)).filter((name) => name.startsWith('.making'))).toEqual([]);
  });
});

describe('after a crash', () => {
  it('is started again with everything that was committed, on the same port', async () => {
    const first = await ensureEmbeddedPostgres({ directory });
    await query(first.url, 'create table kept as select 42 as answer');
    await killed(first.pid);
    const second = await ensureEmbeddedPostgres({ directory });
    expect(second).toMatchObject({ wasStarted: true, port: first.port });
    await expectRow(second);
  });

  it('is not taken for another program that has its process id now', async () => {
    const server = await ensureEmbeddedPostgres({ directory });
    await query(server.url, 'create table kept as select 42 as answer');
    const left = await readFile(postmasterFile(server), 'utf8');
    await stopEmbeddedPostgres({ directory });
    const other = spawn('sleep', ['600'], { stdio: 'ignore' });
    try {
      await writeFile(postmasterFile(server), left.replace(/^\d+/, String(other.pid)));
      await expect(stopEmbeddedPostgres({ directory })).resolves.toEqual({ wasRunning: false });
      const again = await ensureEmbeddedPostgres({ directory });
      expect(again.wasStarted).toBe(true);
      await expectRow(again);
      expect(other.exitCode).toBeNull();
    } finally {
      other.kill('SIGKILL');
      await once(other, 'close');
    }
  });

  it('is not taken for the server of another folder that has its process id and port now', async () => {
    const server = await stoppedWithRow();
    const otherDirectory = await servers.folder();
    const other = await ensureEmbeddedPostgres({ directory: otherDirectory });
    await writeFile(postmasterFile(server), await readFile(postmasterFile(other)));
    const again = await ensureEmbeddedPostgres({ directory });
    expect(again.wasStarted).toBe(true);
    expect(again.pid).not.toBe(other.pid);
    await expectRow(again);
    await expect(ensureEmbeddedPostgres({ directory: otherDirectory })).resolves.toEqual({
      ...other,
      wasStarted: false,
    });
  });

  it('comes up although its process file is damaged', async () => {
    const server = await stoppedWithRow();
    for (const content of ['', 'not a number\n', '0\n']) {
      await writeFile(postmasterFile(server), content);
      await expectRow(await ensureEmbeddedPostgres({ directory }));
      await stopEmbeddedPostgres({ directory });
    }
  });
});

describe('what stands in the way', () => {
  it('another program on its port: it takes another one', async () => {
    const { port } = await stoppedWithRow();
    const listener = createServer().listen(port, '127.0.0.1');
    await once(listener, 'listening');
    try {
      const again = await ensureEmbeddedPostgres({ directory });
      expect(again.port).not.toBe(port);
      await expectRow(again);
    } finally {
      listener.close();
    }
  });

  it('data of another major version: it names both versions and leaves the data alone', async () => {
    const { dataDirectory } = await stoppedWithRow();
    const versionFile = join(dataDirectory, 'PG_VERSION');
    const version = await readFile(versionFile, 'utf8');
    await writeFile(versionFile, '12\n');
    const names = await readdir(dataDirectory);
    await expect(ensureEmbeddedPostgres({ directory })).rejects.toThrow(
      new RegExp(`are of Postgres 12, and the installed programs are of Postgres ${version.trim()}\\.`),
    );
    await expect(readdir(dataDirectory)).resolves.toEqual(names);
    await writeFile(versionFile, version);
    await expectRow(await ensureEmbeddedPostgres({ directory }));
  });

  it('data that are not complete: it moves them aside, begins anew, and says so', async () => {
    const { dataDirectory } = await stoppedWithRow();
    await rm(join(dataDirectory, 'global', 'pg_control'));
    const again = await ensureEmbeddedPostgres({ directory });
    expect(again.notes).toEqual([expect.stringContaining('was not complete')]);
    await expect(query(again.url, 'select answer from kept')).rejects.toThrow('does not exist');
    const aside = (await readdir(dirname(dataDirectory))).filter((name) => name.startsWith('data.incomplete-'));
    expect(aside).toHaveLength(1);
  });

  it('data that have gone: it begins anew and says so', async () => {
    const { dataDirectory } = await stoppedWithRow();
    await rm(dataDirectory, { recursive: true });
    expect((await ensureEmbeddedPostgres({ directory })).notes).toEqual([expect.stringContaining('begins empty')]);
  });

  it('a wrong password file: it says which, and the server stays', async () => {
    const { pid, url } = await ensureEmbeddedPostgres({ directory });
    const file = join(directory, 'password');
    const password = await readFile(file, 'utf8');
    await writeFile(file, 'wrong');
    await expect(ensureEmbeddedPostgres({ directory })).rejects.toThrow(`does not accept the password in ${file}`);
    await expect(query(url, 'select 1 as one')).resolves.toEqual([{ one: 1 }]);
    await writeFile(file, password);
    await expect(ensureEmbeddedPostgres({ directory })).resolves.toMatchObject({ pid });
  });

  it('no password file: it says which, and the data stay', async () => {
    await stoppedWithRow();
    const file = join(directory, 'password');
    const password = await readFile(file, 'utf8');
    await rm(file);
    await expect(ensureEmbeddedPostgres({ directory })).rejects.toThrow(file);
    await writeFile(file, password);
    await expectRow(await ensureEmbeddedPostgres({ directory }));
  });

  it('programs that are damaged: it says what initdb said, and leaves nothing half made', async () => {
    const installed = findNativeFolder();
    const nativeFolder = join(dirname(directory), 'native');
    await mkdir(nativeFolder);
    await cp(join(installed, 'bin'), join(nativeFolder, 'bin'), { recursive: true });
    await symlink(join(installed, 'lib'), join(nativeFolder, 'lib'));
    await expect(ensureEmbeddedPostgres({ directory, nativeFolder })).rejects.toThrow(/initdb said:\n.*postgres\.bki/s);
    expect((await readdir(directory)).toSorted()).toEqual(['.lock', 'password']);
    await expect(ensureEmbeddedPostgres({ directory })).resolves.toMatchObject({ wasStarted: true });
  });

  it('a configuration that Postgres refuses: it says what Postgres said and where the log is', async () => {
    const { dataDirectory, logFile } = await stoppedWithRow();
    await writeFile(join(dataDirectory, 'postgresql.auto.conf'), 'no_such_setting = 1\n');
    await expect(ensureEmbeddedPostgres({ directory })).rejects.toThrow(/unrecognized configuration parameter/);
    await expect(ensureEmbeddedPostgres({ directory })).rejects.toThrow(logFile);
  });

  it('a parent folder that is closed to the server’s user: it puts data and programs elsewhere and says so', async () => {
    const closed = await servers.folder(0o700);
    const nativeFolder = join(dirname(closed), 'native');
    await cp(findNativeFolder(), nativeFolder, { recursive: true, verbatimSymlinks: true });
    const server = await ensureEmbeddedPostgres({ directory: closed, nativeFolder });
    // Only root has to run it as somebody else, who then cannot reach the folder.
    const isMoved = process.getuid?.() === 0;
    expect(server.notes).toHaveLength(isMoved ? 2 : 0);
    expect(server.dataDirectory.startsWith(closed)).toBe(!isMoved);
    await query(server.url, 'create table kept as select 42 as answer');
    await stopEmbeddedPostgres({ directory: closed });
    const again = await ensureEmbeddedPostgres({ directory: closed, nativeFolder });
    expect(again).toMatchObject({ dataDirectory: server.dataDirectory, notes: server.notes });
    await expectRow(again);
  });
});

describe('stopping', () => {
  it('ends the server and its sessions, and does nothing the second time', async () => {
    const { url, pid } = await ensureEmbeddedPostgres({ directory });
    const session = query(url, 'select pg_sleep(600)').catch((error: unknown) => String(error));
    while (
      (await query(url, `select 1 from pg_stat_activity where query like '%pg_sleep(600)' and state = 'active'`))
        .length === 0
    ) {
      await sleep(5);
    }
    await expect(stopEmbeddedPostgres({ directory })).resolves.toEqual({ wasRunning: true });
    await expect(isProcessAlive(pid)).resolves.toBe(false);
    await expect(session).resolves.toContain('terminating connection');
    await expect(stopEmbeddedPostgres({ directory })).resolves.toEqual({ wasRunning: false });
  });

  it('does nothing, and makes nothing, where there was no server', async () => {
    await expect(stopEmbeddedPostgres({ directory })).resolves.toEqual({ wasRunning: false });
    expect(existsSync(directory)).toBe(false);
  });
});

describe('describing', () => {
  it('tells what there is, from the first start to the crash', async () => {
    const describeNow = () => describeEmbeddedPostgres({ directory });
    await expect(describeNow()).resolves.toMatchObject({
      programs: { kind: 'found' },
      data: { kind: 'absent' },
      server: { kind: 'stopped' },
    });
    const { pid, port, version } = await ensureEmbeddedPostgres({ directory });
    const running = await describeNow();
    expect(running).toMatchObject({
      programs: { version },
      data: { kind: 'complete' },
      server: { kind: 'running', pid, port, version },
    });
    expect(JSON.stringify(running)).not.toContain(await readFile(join(directory, 'password'), 'utf8'));
    await killed(pid);
    await expect(describeNow()).resolves.toMatchObject({ server: { kind: 'stale' } });
    await ensureEmbeddedPostgres({ directory });
    await stopEmbeddedPostgres({ directory });
    await expect(describeNow()).resolves.toMatchObject({ data: { kind: 'complete' }, server: { kind: 'stopped' } });
  });

  it('tells that the programs are missing', async () => {
    const description = await describeEmbeddedPostgres({ directory, nativeFolder: join(directory, 'none') });
    expect(description.programs).toEqual({ kind: 'missing', problem: expect.stringContaining('npm ci') as string });
  });
});
