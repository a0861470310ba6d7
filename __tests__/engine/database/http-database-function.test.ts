import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { HttpDatabaseFunction } from '../../../engine/database/http-database-function.ts';
import { classifyError } from '../../../engine/workflow/errors/classify-error.ts';
import { StaleFenceError } from '../../../engine/workflow/fence.ts';
import { sampleMigration } from '../../support/sample-migration.ts';

const signal = new AbortController().signal;
const effect = { key: 'p:migrate', fence: 3, signal };
let server: Server | undefined;

afterEach(async () => {
  if (server === undefined) return;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  server = undefined;
});

interface Received {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

/** A server that answers as it is told and keeps what it was asked. */
async function answering(
  answer: (response: ServerResponse, request: IncomingMessage) => void,
): Promise<{ readonly url: string; readonly received: Received[] }> {
  const received: Received[] = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      received.push({
        line: `${request.method ?? ''} ${request.url ?? ''}`,
        authorization: request.headers.authorization,
        body: text === '' ? undefined : JSON.parse(text),
      });
      answer(response, request);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`, received };
}

/** Where nobody listens any more. */
async function closed(): Promise<string> {
  const { url } = await answering(json(200, {}));
  await new Promise((resolve) => server?.close(resolve));
  return url.replace(/\/$/, '');
}

const json =
  (status: number, body: unknown) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

const problem = (status: number, code: string, more: object = {}): ((response: ServerResponse) => void) =>
  json(status, { title: code, status, code, detail: `it says ${code}`, ...more });

const client = (url: string, more: object = {}): HttpDatabaseFunction =>
  new HttpDatabaseFunction({ url, callerToken: async () => 'token', ...more });

describe('calling the database-migration function', () => {
  it('sends the token, the key and the fence, and of a migration only what travels', async () => {
    const { url, received } = await answering(json(200, { applied: [1], longestLockMs: 4 }));
    const migration = sampleMigration(1, 'SELECT 1', { down: 'SELECT 2' });
    expect(await client(url).migrate('shop-db', [migration], effect)).toEqual({ applied: [1], longestLockMs: 4 });
    const { downLosesData: _, ...wire } = migration;
    expect(received).toEqual([
      {
        line: 'POST /databases/shop-db/migrations',
        authorization: 'Bearer token',
        body: { migrations: [wire], key: 'p:migrate', fence: 3 },
      },
    ]);
  });

  it('asks which extensions there are, without changing anything', async () => {
    const answer = { installed: [{ name: 'plpgsql', version: '1.0' }], available: ['pgcrypto', 'plpgsql'] };
    const { url, received } = await answering(json(200, answer));
    expect(await client(url).extensions('shop-db', signal)).toEqual(answer);
    expect(received).toMatchObject([{ line: 'GET /databases/shop-db/extensions', body: undefined }]);
  });

  it('gives moments back as dates', async () => {
    const at = '2026-01-02T03:04:05.678901Z';
    const backup = { id: 'b', takenAt: at, rows: 1, bytes: 2, tables: 3, schemaVersion: 4 };
    const { url } = await answering(json(200, backup));
    expect(await client(url).backUp('shop-db', effect)).toEqual({ ...backup, takenAt: new Date(at) });
  });

  it('tells when a back-up was taken by the engine’s own clock, wherever that was moved', async () => {
    const backup = { id: 'b', takenAt: '2026-01-02T03:04:05.678901Z', rows: 1, bytes: 2, tables: 3, schemaVersion: 4 };
    const { url } = await answering(json(200, backup));
    const moved = new HttpDatabaseFunction({ url, callerToken: async () => 'token', aheadSeconds: () => 86_400 });
    expect((await moved.backUp('shop-db', effect)).takenAt).toEqual(new Date('2026-01-03T03:04:05.678Z'));
  });

  it('makes a stale fence the engine’s own error', async () => {
    const { url } = await answering(problem(409, 'stale-fence', { highest: 9 }));
    const refused = await client(url)
      .fence('shop-db', effect)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StaleFenceError);
    expect(refused).toMatchObject({ target: 'database shop-db', fence: 3, highest: 9 });
  });

  it('keeps what Postgres said, its code and the statement', async () => {
    const { url } = await answering(problem(422, 'sql-failed', { sqlState: '42P01', statement: 'SELECT x' }));
    await expect(client(url).restore('shop-db', 'b', effect)).rejects.toMatchObject({
      name: 'DatabaseFunctionError',
      message: 'it says sql-failed',
      code: 'sql-failed',
      status: 422,
      sqlState: '42P01',
      statement: 'SELECT x',
    });
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['a page from something in between', (response) => response.writeHead(502).end('<html>Bad gateway</html>')],
    ['success in an unknown form', json(200, { applied: 'all' })],
    ['success without content', (response) => response.writeHead(200).end()],
    ['a problem of another kind', json(500, { message: 'oops' })],
  ])('does not take %s for an answer', async (_, answer) => {
    const { url } = await answering(answer);
    await expect(client(url).migrate('shop-db', [], effect)).rejects.toMatchObject({ code: 'unexpected-answer' });
  });

  it('lets failures of the network through as they are', async () => {
    const { url } = await answering((response) => response.destroy());
    await expect(client(url).migrate('shop-db', [], effect)).rejects.toMatchObject({
      name: 'TypeError',
      message: 'fetch failed',
    });
  });

  it('is said to be away when nobody listens, which says nothing of the database', async () => {
    const url = await closed();
    const error: unknown = await client(url)
      .state('shop-db', new AbortController().signal)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: 'DatabaseFunctionAwayError',
      message: `the migration function does not answer at ${url} (ECONNREFUSED); how the database is cannot be told without it`,
    });
    expect(classifyError(error)).toMatchObject({ category: 'NETWORK', isRetryable: true, code: 'ECONNREFUSED' });
  });

  it('waits for a function that is being started again, and finds it at its new place', async () => {
    const places = [undefined, await closed()];
    const { url, received } = await answering(json(200, {}));
    const moving = client('', { url: async () => (places.length === 0 ? url : places.shift()), patienceSeconds: 30 });
    await moving.state('shop-db', new AbortController().signal).catch(() => undefined);
    expect(received.map(({ line }) => line)).toEqual(['GET /databases/shop-db/state']);
    expect(places).toEqual([]);
  });

  it('waits for one that is away no longer than it may, nor than it is wanted', async () => {
    const nowhere = await closed();
    await expect(client(nowhere, { patienceSeconds: 0.6 }).migrate('shop-db', [], effect)).rejects.toMatchObject({
      name: 'DatabaseFunctionAwayError',
    });
    const abort = new AbortController();
    const wanted = client(nowhere, { patienceSeconds: 600 }).migrate('shop-db', [], {
      ...effect,
      signal: abort.signal,
    });
    abort.abort(new Error('lease lost'));
    await expect(wanted).rejects.toThrow('lease lost');
  });

  it('sends its token nowhere else when it is redirected', async () => {
    const { url, received } = await answering((response) => response.writeHead(307, { location: '/elsewhere' }).end());
    await expect(client(url).migrate('shop-db', [], effect)).rejects.toMatchObject({ name: 'TypeError' });
    expect(received).toHaveLength(1);
  });

  it('stops when the effect is aborted', async () => {
    const abort = new AbortController();
    const { url } = await answering(() => {
      abort.abort(new Error('lease lost'));
    });
    await expect(client(url).migrate('shop-db', [], { ...effect, signal: abort.signal })).rejects.toThrow('lease lost');
  });

  it('asks again under the same key when fetch gave up waiting, until the first call has ended', async () => {
    const answers = [problem(503, 'database-busy'), json(200, { applied: [1], longestLockMs: 0 })];
    const { url, received } = await answering((response) => answers.shift()?.(response));
    let calls = 0;
    const impatient: typeof fetch = async (input, init) => {
      calls += 1;
      if (calls > 1) return await fetch(input, init);
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'UND_ERR_HEADERS_TIMEOUT' }) });
    };
    expect((await client(url, { fetch: impatient }).migrate('shop-db', [], effect)).applied).toEqual([1]);
    expect(received.map(({ body }) => body)).toEqual(
      [1, 2].map(() => ({ migrations: [], key: 'p:migrate', fence: 3 })),
    );
  });

  it('reports a busy database at once when it was not its own call that is running', async () => {
    const { url, received } = await answering(problem(503, 'database-busy'));
    await expect(client(url).migrate('shop-db', [], effect)).rejects.toMatchObject({ code: 'database-busy' });
    expect(received).toHaveLength(1);
  });
});
