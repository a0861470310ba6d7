import { readFile } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { causeText, causeWithOriginal } from '../../../engine/wording/cause-text.ts';

/** What really happens when somebody tries it. */
async function failureOf(trying: () => Promise<unknown>): Promise<unknown> {
  return trying().then(
    () => {
      throw new Error('it was expected to fail');
    },
    (error: unknown) => error,
  );
}

/** A port at which nobody listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('why something failed is said in a sentence', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cause-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('when nobody listens, by fetch and by a connection', async () => {
    const port = await closedPort();
    const place = `127.0.0.1:${String(port)}`;
    const fetched = await failureOf(() => fetch(`http://${place}/`));
    expect(causeText(fetched)).toBe(`nothing listens at ${place}`);
    expect(causeWithOriginal(fetched)).toBe(
      `nothing listens at ${place} (original error: fetch failed: connect ECONNREFUSED ${place})`,
    );
    const connected = await failureOf(() => once(connect(port, '127.0.0.1'), 'connect'));
    expect(causeText(connected)).toBe(`nothing listens at ${place}`);
  });

  it('when the other side hangs up', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const error = await failureOf(() => fetch(`http://127.0.0.1:${port}/`));
    expect(causeText(error)).toMatch(/closed the connection before it had answered$/);
    server.close();
  });

  it('when a file is not there, or is a folder, or a program is not installed', async () => {
    const absent = join(folder, 'absent.json');
    expect(causeText(await failureOf(() => readFile(absent)))).toBe(`there is no file or folder ${absent}`);
    expect(causeText(await failureOf(() => readFile(folder)))).toMatch(/is a folder and no file$/);
    const program = await failureOf(() => once(spawn('no-such-program'), 'spawn'));
    expect(causeText(program)).toBe('no-such-program is not installed, or not where PATH looks');
  });

  it('at each of several addresses, and once where all say the same', () => {
    const refused = (address: string): Error =>
      Object.assign(new Error(`connect ECONNREFUSED ${address}:1`), { code: 'ECONNREFUSED', address, port: 1 });
    const both = new AggregateError([refused('::1'), refused('127.0.0.1')]);
    expect(causeText(both)).toBe('nothing listens at ::1:1; nothing listens at 127.0.0.1:1');
    expect(causeText(new AggregateError([refused('::1'), refused('::1')]))).toBe('nothing listens at ::1:1');
  });

  it.each([
    new Error('Database "shop" could not be reached (ECONNREFUSED).'),
    Object.assign(new Error('the migration function does not answer (ECONNREFUSED)'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('relation "orders" does not exist'), { code: '42P01', severity: 'ERROR' }),
  ])('and left alone where it is a sentence already: %s', (error) => {
    expect(causeText(error)).toBe(error.message);
    expect(causeWithOriginal(error)).toBe(error.message);
  });

  it('whatever was thrown', () => {
    expect(['text', undefined, null, 7, new Error('')].map(causeText)).toEqual([
      'text',
      'undefined',
      'null',
      '7',
      'Error',
    ]);
  });
});
