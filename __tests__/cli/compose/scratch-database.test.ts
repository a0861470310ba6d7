import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { LocalFolders } from '../../../cli/compose/local-folders.ts';
import { ScratchDatabase } from '../../../cli/compose/scratch-database.ts';
import { ensureEmbeddedPostgres, stopEmbeddedPostgres } from '../../../engine/store/embedded/embedded-postgres.ts';

let home: string;
let folders: LocalFolders;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'scratch-database-'));
  folders = new LocalFolders(home);
});
afterAll(async () => {
  await stopEmbeddedPostgres({ directory: folders.postgres });
  await rm(home, { recursive: true, force: true });
});

async function ask<Row extends object>(url: string, text: string): Promise<readonly Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}
const server = async (): Promise<string> => (await ensureEmbeddedPostgres({ directory: folders.postgres })).url;
const scratches = async () =>
  (await ask<{ datname: string }>(await server(), `select datname from pg_database where datname ~ '^scratch'`)).length;

describe('a scratch database', () => {
  it('is empty, on the machine’s own server whatever DATABASE_URL says, and gone when the run is over', async () => {
    const before = process.env['DATABASE_URL'];
    process.env['DATABASE_URL'] = 'postgres://somebody:secret@127.0.0.1:9/production';
    try {
      const database = await ScratchDatabase.make(folders);
      expect(await ask(database.url, `select 1 from pg_tables where schemaname = 'public'`)).toEqual([]);
      expect(await scratches()).toBe(1);
      await database[Symbol.asyncDispose]();
      expect(await scratches()).toBe(0);
    } finally {
      if (before === undefined) delete process.env['DATABASE_URL'];
      else process.env['DATABASE_URL'] = before;
    }
  });

  it('ends the server that it started when nobody else uses it, and no other', async () => {
    await stopEmbeddedPostgres({ directory: folders.postgres });
    await (await ScratchDatabase.make(folders))[Symbol.asyncDispose]();
    expect(await stopEmbeddedPostgres({ directory: folders.postgres })).toEqual({ wasRunning: false });

    const database = await ScratchDatabase.make(folders);
    const other = new Client({ connectionString: await server() });
    await other.connect();
    await database[Symbol.asyncDispose]();
    await other.query('select 1');
    await other.end();

    await (await ScratchDatabase.make(folders))[Symbol.asyncDispose]();
    expect(await stopEmbeddedPostgres({ directory: folders.postgres })).toEqual({ wasRunning: true });
  });

  it('that a killed run left is removed by the next run, that of a running one is not', async () => {
    await ask(await server(), 'create database scratch_4194304_0123abcd');
    await ask(await server(), `create database scratch_${String(process.ppid)}_0123abcd`);
    await ask(await server(), 'create database scratch_of_mine');
    await using database = await ScratchDatabase.make(folders);
    expect(database.url).toContain('/scratch_');
    expect(await scratches()).toBe(3);
  });
});
