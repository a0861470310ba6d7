import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import { problemSchema } from '../../../engine/contract/database-function-api.ts';
import { DatabaseFunctionBench } from '../../support/database-function-process.ts';
import type { FunctionProcess } from '../../support/database-function-process.ts';

// Real processes on a shared machine: the limit only ends what hangs.
jest.setTimeout(120_000);

let bench: DatabaseFunctionBench;
let running: FunctionProcess;
let database: string;

beforeAll(async () => {
  bench = await DatabaseFunctionBench.start();
  running = await bench.startFunction();
  database = await bench.createDatabase();
});
afterAll(() => bench.stop());

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

async function send(
  request: {
    readonly path?: string;
    readonly method?: string;
    readonly body?: string | Uint8Array;
    readonly headers?: Record<string, string>;
  },
  to: FunctionProcess = running,
): Promise<Answer> {
  const response = await fetch(`${to.url}${request.path ?? `/databases/${database}/migrations`}`, {
    method: request.method ?? 'POST',
    headers: { authorization: `Bearer ${bench.token}`, 'content-type': 'application/json', ...request.headers },
    ...(request.body === undefined ? {} : { body: Buffer.from(request.body) }),
  });
  return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
}

/** A refusal that blames the caller and shows nothing of the inside. */
function expectRefusal(answer: Answer): void {
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.text).not.toMatch(/\bat .*\(?.*:\d+:\d+|node_modules|\.ts\b/);
}

describe('the caller', () => {
  it.each([
    ['no token', {}],
    ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }],
    ['a wrong token', { authorization: 'Bearer wrong' }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['a prefix of the token', { authorization: 'Bearer 0' }],
  ])('with %s is refused before anything is looked at', async (_, headers) => {
    for (const requested of ['/nothing-here', '/backups', `/databases/${database}/state`]) {
      const response = await fetch(`${running.url}${requested}`, { method: 'POST', headers });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(problemSchema.parse(await response.json())).toMatchObject({ code: 'unauthenticated', status: 401 });
    }
  });

  it.each([
    ['is not set', ''],
    ['names nothing', '/nonexistent/token'],
  ])('is refused, told what to set, while PROMOTION_CALLER_TOKEN_FILE %s', async (_, file) => {
    const unconfigured = await bench.startFunction({ PROMOTION_CALLER_TOKEN_FILE: file });
    const answer = await send({}, unconfigured);
    expect(answer.status).toBe(503);
    expect(problemSchema.parse(JSON.parse(answer.text))).toMatchObject({
      code: 'not-configured',
      detail: expect.stringContaining('PROMOTION_CALLER_TOKEN_FILE') as unknown,
    });
    await unconfigured.kill();
  });

  it('is not let in by an empty token file, and by a new token at once', async () => {
    const tokenFile = path.join(bench.folder, 'rotating-token');
    await writeFile(tokenFile, '\n');
    const rotating = await bench.startFunction({ PROMOTION_CALLER_TOKEN_FILE: tokenFile });
    expect((await send({ headers: { authorization: 'Bearer ' } }, rotating)).status).toBe(503);
    await writeFile(tokenFile, bench.token);
    expect((await send({ method: 'GET', path: `/databases/${database}/state` }, rotating)).status).toBe(200);
    await rotating.kill();
  });
});

describe('a request', () => {
  it.each([
    ['an unknown path', { path: '/elsewhere' }, 404, 'not-found'],
    ['an unknown action', { path: '/databases/x/drop' }, 404, 'not-found'],
    ['another method', { method: 'GET', path: '/backups' }, 405, 'method-not-allowed'],
    [
      'a name with dots',
      { path: '/databases/..%2ftoken/fence', body: '{"key":"k","fence":1}' },
      400,
      'invalid-request',
    ],
    ['a name in capitals', { path: '/databases/A/plan', body: '{"migrations":[]}' }, 400, 'invalid-request'],
    ['an unknown database', { path: '/databases/unknown/plan', body: '{"migrations":[]}' }, 404, 'unknown-database'],
    ['an unknown member', { body: '{"migrations":[],"key":"k","fence":1,"x":1}' }, 400, 'invalid-request'],
    ['a NUL in its key', { body: '{"migrations":[],"key":"\\u0000","fence":1}' }, 400, 'invalid-request'],
    ['half a character in its key', { body: '{"migrations":[],"key":"\\ud800","fence":1}' }, 400, 'invalid-request'],
    ['a negative fence', { body: '{"migrations":[],"key":"k","fence":-1}' }, 400, 'invalid-request'],
    ['a fence beyond exact numbers', { body: '{"migrations":[],"key":"k","fence":1e300}' }, 400, 'invalid-request'],
    ['no JSON', { body: 'x', headers: { 'content-type': 'text/plain' } }, 415, 'unsupported-media-type'],
    ['no body', {}, 400, 'invalid-request'],
  ])('with %s is refused by name', async (_, request, status, code) => {
    const answer = await send(request);
    expect({ status: answer.status, code: problemSchema.parse(JSON.parse(answer.text)).code }).toEqual({
      status,
      code,
    });
    expect(answer.type).toMatch(/^application\/problem\+json/);
  });

  it('larger than the limit is refused', async () => {
    const body = JSON.stringify({ migrations: [], key: 'k', fence: 1, padding: 'x'.repeat(17 * 1024 * 1024) });
    const answer = await send({ body });
    expect(answer.status).toBe(413);
    expect(problemSchema.parse(JSON.parse(answer.text)).code).toBe('body-too-large');
  });

  it('of any shape is never answered with a failure of the function or a look inside it', async () => {
    const route = fc
      .constantFrom('plan', 'migrations', 'reversions', 'fence')
      .map((action) => `/databases/${database}/${action}`);
    const anywhere = fc.oneof(
      route,
      fc.constantFrom('/backups', '/restore', '/schema', '/', '//', '/%', '/databases//state'),
    );
    const almost = fc.record(
      {
        migrations: fc.oneof(
          fc.json(),
          fc.array(fc.record({ version: fc.double(), name: fc.string(), kind: fc.string(), up: fc.string() })),
        ),
        key: fc.oneof(fc.string(), fc.integer()),
        fence: fc.oneof(fc.double(), fc.string()),
        database: fc.string(),
        backupId: fc.oneof(fc.string(), fc.constant('../x')),
        __proto__: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      fc.string(),
      fc.uint8Array(),
      fc.json(),
      almost.map((value) => JSON.stringify(value)),
      fc.constantFrom('['.repeat(50_000), '{"a":'.repeat(20_000), '{"__proto__":{"key":"k"}}', 'null', '1e999'),
    );
    await fc.assert(
      fc.asyncProperty(anywhere, body, async (requested, content) => {
        expectRefusal(await send({ path: requested, body: content }));
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['content-encoding', 'bogus'],
    ['content-encoding', 'gzip'],
    ['content-type', 'application/json; charset=bogus'],
    ['content-type', 'application/x-www-form-urlencoded'],
    ['content-type', 'application/cloudevents+json'],
  ])('with %s %s is refused without a look inside', async (name, value) => {
    expectRefusal(await send({ body: '{"migrations":', headers: { [name]: value } }));
  });
});

describe('a password', () => {
  const CANARY = 'c4n4ry-s3cr3t';

  it('is told to nobody, however connecting with it fails', async () => {
    const silent = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const other = typeof address === 'object' && address !== null ? address.port : 0;
    const { port } = bench.postgres;
    const secrets: Readonly<Record<string, string>> = {
      'wrong-password': `postgres://postgres:${CANARY}@127.0.0.1:${port}/postgres`,
      'wrong-user': `postgres://${CANARY}-user:${CANARY}@127.0.0.1:${port}/postgres`,
      'wrong-database': bench.postgres.url(`${CANARY}-database`),
      'wrong-host': `postgres://postgres:${CANARY}@${CANARY}.invalid:${port}/postgres`,
      'wrong-port': `postgres://postgres:${CANARY}@127.0.0.1:1/postgres`,
      'not-postgres': `postgres://postgres:${CANARY}@127.0.0.1:${other}/postgres`,
      'slash-in-password': `postgres://postgres:1/${CANARY}@127.0.0.1:${port}/postgres`,
      'at-in-password': `postgres://postgres:x@${CANARY}@127.0.0.1:${port}/postgres`,
      'hash-in-password': `postgres://postgres:x#${CANARY}@127.0.0.1:${port}/postgres`,
      'percent-in-password': `postgres://postgres:%${CANARY}@127.0.0.1:${port}/postgres`,
      'space-in-port': `postgres://postgres:${CANARY}@127.0.0.1: ${CANARY}/postgres`,
      'needs-tls': `postgres://postgres:${CANARY}@127.0.0.1:${port}/postgres?sslmode=require`,
      'missing-certificate': `postgres://postgres:${CANARY}@127.0.0.1:${port}/postgres?sslmode=verify-full&sslrootcert=/${CANARY}`,
      'no-url': CANARY,
      'key-value': `host=127.0.0.1 password=${CANARY}`,
      'another-scheme': `mysql://root:${CANARY}@127.0.0.1/x`,
      empty: '',
    };
    for (const [name, url] of Object.entries(secrets)) await writeFile(path.join(bench.secretsFolder, name), url);
    await mkdir(path.join(bench.secretsFolder, 'a-folder'));

    const told: string[] = [];
    for (const name of [...Object.keys(secrets), 'a-folder', 'absent']) {
      const effect = { key: `k-${name}`, fence: 1 };
      const answers = [
        await send({ method: 'GET', path: `/databases/${name}/state` }),
        await send({ path: '/schema', body: JSON.stringify({ database: name }) }),
        await send({ path: '/backups', body: JSON.stringify({ database: name, ...effect }) }),
        await send({ path: `/databases/${name}/fence`, body: JSON.stringify(effect) }),
      ];
      for (const answer of answers) {
        expect(['connection-failed', 'unknown-database']).toContain(problemSchema.parse(JSON.parse(answer.text)).code);
        told.push(answer.text);
      }
    }
    silent.close();
    for (const name of ['a-folder', ...Object.keys(secrets)]) {
      await rm(path.join(bench.secretsFolder, name), { recursive: true });
    }
    expect(told.join('\n')).not.toContain(CANARY);
    expect(running.output()).not.toContain(CANARY);
    for (const text of [told.join('\n'), running.output()]) expect(text).not.toContain(bench.postgres.password);
  });

  it('and the caller’s token are in no line of the log of calls that succeed or fail', async () => {
    await send({ method: 'GET', path: `/databases/${database}/state` });
    await send({ path: `/databases/${database}/fence`, body: JSON.stringify({ key: 'k', fence: 3 }) });
    expect(running.output()).toContain('/state: ok');
    expect(running.output()).not.toContain(bench.postgres.password);
    expect(running.output()).not.toContain(bench.token);
  });
});
