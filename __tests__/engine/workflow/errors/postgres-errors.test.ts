import { jest } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import pg from 'pg';
import { classifyError } from '../../../../engine/workflow/errors/classify-error.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../../support/scratch-postgres.ts';

// Real processes and many runs; on a busy machine they take their time.
jest.setTimeout(120_000);

let postgres: ScratchPostgres;
let url: string;
const clients: pg.Client[] = [];

beforeAll(async () => {
  postgres = await startScratchPostgres();
  url = await postgres.createDatabase();
  const client = await connected();
  await client.query('CREATE TABLE item (id int PRIMARY KEY, n int NOT NULL); INSERT INTO item VALUES (1, 1), (2, 1)');
  await client.query("CREATE ROLE nobody_special LOGIN PASSWORD 'x'");
});
afterEach(() => Promise.all(clients.splice(0).map((client) => client.end().catch(() => undefined))));
afterAll(() => postgres.stop());

async function connected(connectionString = url): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  clients.push(client);
  await client.connect();
  return client;
}

async function thrownBy(action: () => Promise<unknown>): Promise<unknown> {
  try {
    await action();
  } catch (error) {
    return error;
  }
  throw new Error('it should have failed');
}

const withUser = (user: string, password: string, database = ''): string => {
  const address = new URL(url);
  address.username = user;
  address.password = password;
  address.pathname = database === '' ? address.pathname : `/${database}`;
  return address.href;
};

describe('what Postgres raises', () => {
  it.each([
    ['SELECT * FROM nowhere', '42P01'],
    ['SELEC 1', '42601'],
    ['INSERT INTO item VALUES (1, 1)', '23505'],
    ['INSERT INTO item VALUES (9, NULL)', '23502'],
    ["SELECT 'x'::int", '22P02'],
    ['SELECT 1 / 0', '22012'],
    ["DO $$ BEGIN RAISE EXCEPTION 'no'; END $$", 'P0001'],
  ])('%s is wrong and stays so', async (sql, code) => {
    const client = await connected();
    expect(classifyError(await thrownBy(() => client.query(sql)))).toMatchObject({
      category: 'VALIDATION',
      severity: 'CRITICAL',
      isRetryable: false,
      code,
    });
  });

  it('a privilege is missing', async () => {
    const client = await connected(withUser('nobody_special', 'x'));
    expect(classifyError(await thrownBy(() => client.query('SELECT * FROM item')))).toMatchObject({
      category: 'PERMISSION',
      isRetryable: false,
      code: '42501',
    });
  });

  it('the password is wrong, and is not repeated', async () => {
    const report = classifyError(await thrownBy(() => connected(withUser('nobody_special', 'canary'))));
    expect(report).toMatchObject({ category: 'AUTHENTICATION', isRetryable: false, code: '28P01' });
    expect(JSON.stringify(report)).not.toContain('canary');
  });

  it('the database does not exist', async () => {
    const error = await thrownBy(() => connected(withUser('postgres', postgres.password, 'none')));
    expect(classifyError(error)).toMatchObject({ category: 'VALIDATION', isRetryable: false, code: '3D000' });
  });

  it('a statement takes too long', async () => {
    const client = await connected();
    await client.query('SET statement_timeout = 20');
    expect(classifyError(await thrownBy(() => client.query('SELECT pg_sleep(60)')))).toMatchObject({
      category: 'TIMEOUT',
      severity: 'HIGH',
      isRetryable: true,
      code: '57014',
    });
  });

  it('a lock is not given', async () => {
    const [holder, waiter] = [await connected(), await connected()];
    await holder.query('BEGIN; LOCK TABLE item');
    await waiter.query('SET lock_timeout = 20');
    expect(classifyError(await thrownBy(() => waiter.query('SELECT * FROM item')))).toMatchObject({
      category: 'TIMEOUT',
      isRetryable: true,
      code: '55P03',
    });
  });

  it('two transactions block each other', async () => {
    const [one, two] = [await connected(), await connected()];
    await one.query('BEGIN; SET LOCAL deadlock_timeout = 20; UPDATE item SET n = n WHERE id = 1');
    await two.query('BEGIN; SET LOCAL deadlock_timeout = 20; UPDATE item SET n = n WHERE id = 2');
    const outcomes = await Promise.allSettled([
      one.query('UPDATE item SET n = n WHERE id = 2; ROLLBACK'),
      two.query('UPDATE item SET n = n WHERE id = 1; ROLLBACK'),
    ]);
    const failed = outcomes.flatMap((outcome): unknown[] => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(failed).toHaveLength(1);
    expect(classifyError(failed[0])).toMatchObject({ isRetryable: true, code: '40P01' });
  });

  it('a serialisable transaction came second', async () => {
    const [one, two] = [await connected(), await connected()];
    for (const client of [one, two]) {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT * FROM item');
    }
    await one.query('UPDATE item SET n = n + 1 WHERE id = 1; COMMIT');
    const error = await thrownBy(() => two.query('UPDATE item SET n = n + 1 WHERE id = 1'));
    expect(classifyError(error)).toMatchObject({ severity: 'MEDIUM', isRetryable: true, code: '40001' });
  });

  it('the session is ended by an administrator', async () => {
    const [victim, administrator] = [await connected(), await connected()];
    const { rows } = await victim.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const sleeping = thrownBy(() => victim.query('SELECT pg_sleep(60)'));
    await administrator.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    expect(classifyError(await sleeping)).toMatchObject({ category: 'NETWORK', isRetryable: true, code: '57P01' });
  });

  it.each<[string, (socket: Socket) => unknown, string]>([
    ['hangs up', (socket) => socket.end(), 'NETWORK'],
    ['does not answer', () => undefined, 'TIMEOUT'],
  ])('the server %s', async (_, handler, category) => {
    const server = createServer(handler);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = new pg.Client({ host: '127.0.0.1', port, connectionTimeoutMillis: 100 });
    client.on('error', () => undefined);
    const error = await thrownBy(() => client.connect());
    server.close();
    expect(classifyError(error)).toMatchObject({ category, isRetryable: true });
  });
});
