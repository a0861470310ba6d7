import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { DevelopmentIdentity } from '../../../cloudrun-ui/server/identity/development-identity.ts';
import { defaultLimits } from '../../../cloudrun-ui/server/server-ports.ts';
import { startServer, type RunningServer, type ServerParts } from '../../../cloudrun-ui/server/start-server.ts';
import type { Actor } from '../../../engine/promotion-service.ts';
import { VirtualClock } from '../../../engine/workflow/clock.ts';
import { noKeeping } from '../../support/no-keeping.ts';

const ana: Actor = { id: 'ana', verified: false, roles: ['admin'], via: 'cli' };

let folder: string;
let isReady = true;
let server: RunningServer;

function ports(webFolder: string | undefined): ServerParts {
  return {
    version: '1.2.3',
    service: {} as ServerParts['service'],
    identity: new DevelopmentIdentity(ana),
    answers: {} as ServerParts['answers'],
    clock: new VirtualClock(new Date(0)),
    log: pino({ level: 'silent' }),
    webFolder,
    publicOrigin: undefined,
    changes: { subscribe: () => () => undefined },
    versions: () => Promise.resolve(new Map()),
    keeping: noKeeping,
    limits: defaultLimits,
    checkReady: () =>
      isReady ? Promise.resolve() : Promise.reject(Object.assign(new Error('no'), { code: 'ECONNREFUSED' })),
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'promotion-web-'));
  await mkdir(join(folder, 'web', 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'web', 'index.html'), '<!doctype html><style nonce="__CSP_NONCE__"></style>the web');
  await writeFile(join(folder, 'web', 'assets', 'app-1a2b.js'), 'console.log(1)');
  server = await startServer(ports(join(folder, 'web')), { address: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const page = { headers: { Accept: 'text/html,*/*' } };

describe('the server', () => {
  it('keeps a connection for longer than the load balancer before it does', async () => {
    const { headers } = await fetch(`${server.url}/healthz`);
    const [, seconds] = /timeout=(\d+)/.exec(headers.get('Keep-Alive') ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThan(600);
  });

  it('is alive, and ready while it can answer', async () => {
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    isReady = false;
    const unready = await fetch(`${server.url}/readyz`);
    isReady = true;
    expect([unready.status, unready.headers.get('Retry-After')]).toEqual([503, '2']);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it.each(['/', '/promotions/pr-7f3a', '/history?environment=qa', '/index.html'])(
    'shows the web’s page at %s, its styles with the nonce of the answer alone',
    async (path) => {
      const answers = await Promise.all([1, 2].map(() => fetch(`${server.url}${path}`, page)));
      const nonces = await Promise.all(
        answers.map(async (answer) => {
          const text = await answer.text();
          const nonce = /nonce="([^"]+)"/.exec(text)?.[1] ?? '';
          expect(text).toContain('the web');
          expect(answer.headers.get('Content-Security-Policy')).toContain(`'nonce-${nonce}'`);
          return nonce;
        }),
      );
      expect(new Set(nonces).size).toBe(2);
    },
  );

  it('lets files whose names hold their hash be kept', async () => {
    const file = await fetch(`${server.url}/assets/app-1a2b.js`);
    expect(await file.text()).toBe('console.log(1)');
    expect(file.headers.get('Cache-Control')).toContain('immutable');
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/%252e%252e/secret.txt',
    '//etc/passwd',
    '/assets/....//....//secret.txt',
  ])('gives nothing from outside the folder at %s', async (path) => {
    // fetch tidies paths before it sends them.
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 404/);
    expect(answer).not.toMatch(/\r\n\r\n.*(secret$|root:)/s);
  });

  it('tells programs that there is nothing instead of giving them a page', async () => {
    const answer = await fetch(`${server.url}/api/promotion`, page);
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([404, 'application/problem+json']);
    expect((await fetch(`${server.url}/missing.js`, page)).status).toBe(404);
  });

  it('documents itself, for programs and for people, without anything from other hosts', async () => {
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      readonly openapi: string;
      readonly components: { readonly securitySchemes: Readonly<Record<string, unknown>> };
      readonly paths: Readonly<Record<string, { readonly post?: { readonly security?: unknown } }>>;
    };
    expect(document.openapi).toBe('3.1.0');
    // A client that is made from it sends what commands are refused without.
    expect(document.components.securitySchemes['command']).toMatchObject({ in: 'header', name: 'X-Promotion-Request' });
    const commands = Object.values(document.paths).flatMap(({ post }) => (post === undefined ? [] : [post.security]));
    expect(commands.length).toBeGreaterThan(20);
    for (const security of commands) expect(security).toEqual([{ command: [] }]);
    const text = await (await fetch(`${server.url}/docs`)).text();
    expect(text).toContain('GET /api/promotions/{promotion}');
    expect(text).not.toMatch(/(src|href)="https?:|<script|style="/);
  });

  it('says how the web is built where it is not', async () => {
    const without = await startServer(ports(undefined), { address: '127.0.0.1', port: 0 });
    const answer = await fetch(without.url, page);
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('npm run build:web')]);
    await without.stop();
  });

  it('refuses to answer elsewhere than on this machine when nobody proves who he is', async () => {
    await expect(startServer(ports(undefined), { address: '0.0.0.0', port: 0 })).rejects.toThrow('use 127.0.0.1');
  });

  it('answers what it was asked before it stops, and nobody who comes later', async () => {
    const asked = Promise.withResolvers<undefined>();
    const goOn = Promise.withResolvers<undefined>();
    const slow = {
      ...ports(undefined),
      checkReady: () => {
        asked.resolve(undefined);
        return goOn.promise;
      },
    };
    const stopping = await startServer(slow, { address: '127.0.0.1', port: 0 });
    const answer = fetch(`${stopping.url}/readyz`);
    await asked.promise;
    const stopped = stopping.stop();
    await expect(fetch(`${stopping.url}/healthz`, { headers: { Connection: 'close' } })).rejects.toThrow(
      'fetch failed',
    );
    goOn.resolve(undefined);
    expect((await answer).status).toBe(200);
    await stopped;
  });

  it('stops at once when nobody is being answered, though connections are kept', async () => {
    const stopping = await startServer(ports(undefined), { address: '127.0.0.1', port: 0 });
    await (await fetch(`${stopping.url}/healthz`)).text();
    const begun = performance.now();
    await stopping.stop();
    expect(performance.now() - begun).toBeLessThan(4000);
  });
});

function raw(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(request));
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (text += chunk));
    socket.on('end', () => {
      resolve(text);
    });
    socket.on('error', reject);
  });
}
