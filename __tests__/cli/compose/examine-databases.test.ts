import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { examineDatabases } from '../../../cli/compose/examine-databases.ts';
import { DatabaseFunctionAwayError } from '../../../engine/database/database-function-error.ts';
import type { DatabaseHealth } from '../../../engine/database/database-function.ts';
import { MemoryDatabase } from '../../support/memory-database.ts';
import { doctorWorld, findingsOf } from './doctor-fixture.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'doctor-'));
});
afterEach(() => rm(home, { recursive: true }));

const table = (name: string, isReadable = true): DatabaseHealth['tables'][number] => ({
  ...{ schema: 'public', name, columns: 2, hasPrimaryKey: true },
  ...{ isInSearchPath: true, isReadable },
});

async function examined(health: Partial<DatabaseHealth> | Error) {
  const database = Object.assign(new MemoryDatabase(), {
    health: async () => {
      if (health instanceof Error) throw health;
      return { ...(await new MemoryDatabase().health()), ...health };
    },
  });
  return findingsOf(examineDatabases(doctorWorld({ home, ports: { database } })));
}

describe('databases, as doctor sees them', () => {
  it('are well when they answer, are migrated, and can be backed up', async () => {
    expect(await examined({ tables: [table('orders')], schemaVersion: 3 })).toMatchObject([
      {
        subject: 'database shop-staging',
        level: 'ok',
        detail: 'answers (connects in 3 ms), schema 3, 1 table readable',
      },
      { subject: 'back-ups', level: 'ok', detail: `none was taken yet; ${join(home, 'database-backups')} can be made` },
    ]);
  });

  it('that do not answer come with the command of our own that tries the connection by hand', async () => {
    const [finding] = await examined(new Error('could not be reached (ECONNREFUSED)'));
    expect(finding).toMatchObject({
      level: 'fail',
      detail: 'it can be neither migrated nor backed up: could not be reached (ECONNREFUSED)',
      remedy: `npm start starts the server of local mode; any other must run and let in the connection that is in ${join(home, 'secrets', 'databases', 'shop-staging')}; promote test staging shop tries the connection`,
    });
  });

  it('whose migration function is away are not called wrong themselves', async () => {
    const [finding] = await examined(new DatabaseFunctionAwayError('http://127.0.0.1:1', 'ECONNREFUSED', undefined));
    expect(finding).toMatchObject({
      level: 'fail',
      detail: expect.stringMatching(/^the migration function does not answer/),
      remedy: 'npm start brings the function back; the database itself may be well',
    });
  });

  it('that were left half-way, or cannot be read as a whole, say which migration and which tables', async () => {
    const findings = await examined({ unfinished: [4], tables: [table('orders'), table('secrets', false)] });
    expect(findings.slice(0, 2)).toMatchObject([
      {
        level: 'fail',
        detail: expect.stringContaining('migration 4'),
        remedy: expect.stringContaining('promote retry <promotion>'),
      },
      {
        level: 'fail',
        detail: 'no back-up can be taken: its login may not read public.secrets',
        remedy: expect.stringContaining('GRANT SELECT ON public.secrets'),
      },
    ]);
  });

  it.each([
    ['a file', (path: string) => writeFile(path, ''), 'is no folder'],
    ['a link to nowhere', (path: string) => symlink('gone', path), 'is a link that leads nowhere'],
    // Closed to everybody, whoever runs the test.
    ['a link to itself', (path: string) => symlink('database-backups', path), 'is a link that leads nowhere'],
  ])('cannot be backed up where %s is in the place of the folder', async (_what, put, why) => {
    const folder = join(home, 'database-backups');
    await put(folder);
    expect((await examined({})).at(-1)).toMatchObject({
      subject: 'back-ups',
      level: 'fail',
      detail: expect.stringContaining(why),
      remedy: expect.stringContaining(`mv ${folder}`),
    });
  });

  it('can be backed up into a folder that is there', async () => {
    await mkdir(join(home, 'database-backups'));
    expect((await examined({})).at(-1)).toMatchObject({
      level: 'ok',
      detail: expect.stringContaining('can be written'),
    });
  });
});
