import { connect } from 'node:net';
import { jest } from '@jest/globals';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import pino from 'pino';
import { IapIdentity } from '../../../cloudrun-ui/server/identity/iap-identity.ts';
import { startServer, type RunningServer } from '../../../cloudrun-ui/server/start-server.ts';
import type { Actor } from '../../../engine/promotion-service.ts';
import { RunningDesk } from '../../engine/service/running-desk.ts';
import { alan, anna, operator, promoter, rulesText, viewer } from '../../engine/service/service-fixture.ts';
import { noKeeping } from '../../support/no-keeping.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { ApiDesk } from './api-desk.ts';

jest.setTimeout(120_000);

const audience = '/projects/1/locations/europe-west1/services/ui';
const issuer = 'https://cloud.google.com/iap';
const own = await generateKeyPair('ES256', { extractable: true });
const foreign = await generateKeyPair('ES256');
const publicKey = { ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'ES256' };

let server: ScratchPostgres;
let running: RunningDesk;
let api: ApiDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
  running = await RunningDesk.open(
    await server.createStoreDatabase(),
    rulesText('approvals: { stages: [{ name: checkers, roles: [approver], minimumApprovals: 1 }] }'),
  );
  api = ApiDesk.over(running.desk);
  await running.release('v5', { verifiedIn: ['dev', 'qa'] });
});
afterAll(async () => {
  await running.close();
  await server.stop();
});

const command = { application: 'shop', release: 'v5', to: 'staging', isDryRun: true };
const promotions = async (): Promise<number> => (await running.desk.store.listPromotions({ limit: 1000 })).length;

describe('a token that is not what it seems', () => {
  const claims = { sub: 'accounts.google.com:1', email: promoter.id };
  const now = (): number => Math.floor(Date.now() / 1000);
  const token = (more: { readonly aud?: string; readonly exp?: number; readonly alg?: string } = {}) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: more.alg ?? 'ES256', kid: 'k1' })
      .setIssuer(issuer)
      .setAudience(more.aud ?? audience)
      .setIssuedAt(now() - 10)
      .setExpirationTime(more.exp ?? now() + 600);
  const tokens: Readonly<Record<string, () => Promise<string>>> = {
    'forged by another key': () => token().sign(foreign.privateKey),
    expired: () => token({ exp: now() - 120 }).sign(own.privateKey),
    'for another service': () => token({ aud: '/projects/1/locations/x/services/other' }).sign(own.privateKey),
    'signed by nobody (alg none)': async () =>
      new UnsecuredJWT(claims)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(now())
        .setExpirationTime(now() + 600)
        .encode(),
    'signed with the public key as a secret (HS256)': () =>
      token({ alg: 'HS256' }).sign(new TextEncoder().encode(JSON.stringify(publicKey))),
  };

  it.each(Object.keys(tokens))('%s: neither looks nor commands', async (kind) => {
    const guarded = ApiDesk.over(running.desk, {
      identity: new IapIdentity({ audience, keys: createLocalJWKSet({ keys: [publicKey] }) }),
    });
    const headers = { 'X-Goog-IAP-JWT-Assertion': (await tokens[kind]?.()) ?? '' };
    const before = await promotions();
    expect((await guarded.get('/api/matrix', 'nobody', headers)).status).toBe(401);
    expect((await guarded.post('/api/promotions', command, 'nobody', headers)).status).toBe(401);
    expect(await promotions()).toBe(before);
    // The same with a good one is let through, so that it is the token that was refused.
    const good = { 'X-Goog-IAP-JWT-Assertion': await token().sign(own.privateKey) };
    expect((await guarded.get('/api/me', 'nobody', good)).body).toMatchObject({
      person: promoter.id,
      isVerified: true,
    });
  });
});

describe('an approval that does not count', () => {
  const approverWhoAsks: Actor = { ...alan, roles: ['approver', 'promoter'] };
  const decide = (id: string, planHash: string, who: Actor) =>
    api.post(`/api/promotions/${id}/decisions`, { decision: 'approved', planHash }, who);
  const planOf = async (id: string): Promise<string> =>
    (await api.get<{ plan: { hash: string } }>(`/api/promotions/${id}/plan`)).body.plan.hash;
  const votes = async (id: string): Promise<number> => (await running.desk.store.votes(id)).length;

  it('the requester’s own, also written otherwise and though he may approve; another approver’s counts', async () => {
    const { id } = await running.promote({ release: 'v5', to: 'staging' }, approverWhoAsks);
    const planHash = await planOf(id);
    const refused = await decide(id, planHash, alan);
    expect([refused.status, refused.body['detail']]).toEqual([
      409,
      expect.stringContaining('somebody else must decide'),
    ]);
    await expect(
      running.desk.service.decide(
        { ...alan, id: alan.id.toUpperCase() },
        { promotionId: id, decision: 'approved', planHash },
      ),
    ).rejects.toThrow('somebody else must decide');
    expect(await votes(id)).toBe(0);
    expect((await api.get('/api/inbox', alan)).body).toMatchObject({ items: [] });
    expect((await decide(id, planHash, anna)).status).toBe(200);
    await running.work();
  });

  it('one over a plan that is another one by now, which says what changed', async () => {
    await running.release('v6', { verifiedIn: ['dev', 'qa'] });
    const { id } = await running.promote({ release: 'v6', to: 'staging' });
    const shown = await planOf(id);
    running.git.commit('env/staging', { 'shop/staging/values.yaml': 'release: v5\nimages:\n  api: sha256:new\n' });
    await running.desk.change(id, (draft) => {
      draft.makeDue();
    });
    await running.work();
    const { status, body } = await decide(id, shown, anna);
    expect([status, body['detail']]).toEqual([
      409,
      expect.stringMatching(/^this is no longer what you were asked\. Changed: .*configuration of staging/),
    ]);
    expect(await votes(id)).toBe(0);
    const now = await planOf(id);
    expect(now).not.toBe(shown);
    expect((await decide(id, now, anna)).status).toBe(200);
    await running.work();
  });
});

describe('a path that leads elsewhere', () => {
  it.each([
    '/api/applications/..%2f..%2fetc%2fpasswd/releases',
    '/api/applications/%2e%2e/releases/v1',
    '/api/applications/shop/releases/..%2f..%2fsecret',
    '/api/applications/shop/environments/..%5c..%5cqa/configuration',
    '/api/applications/shop/environments/qa%00/revisions',
    '/api/promotions/..%2fme',
    '/api/promotions/pr-1%2f..%2f..%2fme/plan',
  ])('%s finds nothing', async (path) => {
    const { status, body } = await api.get(path);
    expect([400, 404]).toContain(status);
    expect(JSON.stringify(body)).not.toContain('root:');
  });

  it.each(['file:///etc', '/etc', '../configuration', 'ext::sh -c id', '-oProxyCommand=id'])(
    'no promotion takes its configuration from %s',
    async (repository) => {
      const answered = await api.post('/api/promotions', { ...command, configuration: { repository } }, operator);
      expect(answered.status).toBe(400);
    },
  );
});

describe('a body that is too much', () => {
  it('is refused by what it says of its length, and by what comes when it says nothing', async () => {
    const sent = async (headers: Record<string, string>, body: string | ReadableStream<Uint8Array>) =>
      api.application.request('/api/promotions', {
        method: 'POST',
        headers: {
          'X-Test-Person': promoter.id,
          'Content-Type': 'application/json',
          'X-Promotion-Request': '1',
          ...headers,
        },
        body,
        // As Node asks for a body that is a stream.
        ...({ duplex: 'half' } as object),
      });
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(' '.repeat(4096)));
      },
    });
    expect((await sent({ 'Content-Length': '1000000000' }, '{}')).status).toBe(413);
    expect((await sent({}, endless)).status).toBe(413);
  });

  it('is refused, and nothing fails, when it is nested without end or has one key many times', async () => {
    const raw = (body: string) =>
      api.application.request('/api/promotions', {
        method: 'POST',
        headers: { 'X-Test-Person': promoter.id, 'Content-Type': 'application/json', 'X-Promotion-Request': '1' },
        body,
      });
    expect((await raw('['.repeat(9000))).status).toBe(400);
    expect((await raw(`${'{"a":'.repeat(1500)}1${'}'.repeat(1500)}`)).status).toBe(400);
    expect((await raw('{"__proto__": {"isDryRun": true}, "application": "shop"}')).status).toBe(400);
    expect((await raw('{"application": "shop", "release": "v5", "to": "staging", "constructor": {}}')).status).toBe(
      400,
    );
    expect(({} as { isDryRun?: boolean }).isDryRun).toBeUndefined();
    expect(api.logged).toEqual([]);
  });
});

const scripts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</script><svg onload=alert(1)>',
  "';alert(1)//",
];

describe('a script in a text', () => {
  it.each(scripts)('is text in every answer, file and stream: %s', async (script) => {
    const id = await running.desk.run({ isDryRun: true, reason: script });
    for (const [path, body, who] of [
      [`/api/promotions/${id}/notes`, { text: script }, operator],
      ['/api/holds', { application: 'shop', environment: 'production', reason: script }, operator],
      ['/api/freezes', { name: script, reason: script, to: '2030-01-01T00:00:00Z' }, operator],
      [`/api/promotions/${id}/cancel`, { reason: script }, operator],
    ] as const) {
      expect((await api.post(path, body, who)).status).toBeLessThan(300);
    }
    await running.desk.store.appendLogs([
      {
        promotionId: id,
        step: 'initialize',
        attempt: 1,
        at: running.desk.clock.now(),
        line: `${script}\n\nevent: log\ndata: {}\n\n`,
      },
    ]);
    for (const path of [
      `/api/promotions/${id}`,
      `/api/promotions/${id}/events`,
      `/api/promotions/${id}/logs`,
      '/api/closures',
      '/api/freezes',
      '/api/matrix',
    ]) {
      const answer = await api.application.request(path, { headers: { 'X-Test-Person': viewer.id } });
      expect(answer.headers.get('Content-Type')).toBe('application/json');
      expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(JSON.stringify(await answer.json())).toContain(JSON.stringify(script).slice(1, -1));
    }
    const page = await api.get<string>(`/api/promotions/${id}/report-file?format=html`);
    expect(page.headers.get('Content-Disposition')).toContain('attachment');
    expect(page.body).not.toContain(script);
    expect(page.body).not.toMatch(/<script|<img|<svg/);
    await api.post('/api/freezes/lift', { name: script }, operator);
    await api.post('/api/holds/release', { application: 'shop', environment: 'production' }, operator);
  });

  it('is text in a problem as well, which no browser takes for a page', async () => {
    const { headers, body } = await api.get(
      `/api/applications/${encodeURIComponent(scripts[0] ?? '')}/releases`,
      operator,
    );
    expect(headers.get('Content-Type')).toBe('application/problem+json');
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(body['detail']).toContain('there is no application <script>');
  });

  it('in the message of a commit is text in the history of configuration', async () => {
    const path = 'shop/qa/values.yaml';
    for (const [index, script] of scripts.entries()) {
      running.git.commit('env/qa', { [path]: `release: v1\nlimit: ${String(index)}\n` }, '100644', script);
    }
    const { body } = await api.get<{ revisions: readonly { subject: string }[] }>(
      '/api/applications/shop/environments/qa/configuration',
    );
    expect(body.revisions.slice(0, scripts.length).map(({ subject }) => subject)).toEqual(scripts.toReversed());
  });
});

describe('what comes over the wire', () => {
  let listening: RunningServer;
  beforeAll(async () => {
    listening = await startServer(
      {
        version: '1',
        service: running.desk.service,
        identity: { kind: 'iap', identify: () => Promise.resolve({ kind: 'known', actor: { ...viewer, via: 'ui' } }) },
        answers: running.desk.store.answers,
        clock: running.desk.clock,
        log: pino({ level: 'silent' }),
        webFolder: undefined,
        publicOrigin: undefined,
        limits: { bodyBytes: 1000, burst: 1000, requestsPerSecond: 1000 },
        changes: { subscribe: () => () => undefined },
        versions: () => Promise.resolve(new Map()),
        keeping: noKeeping,
        checkReady: () => Promise.resolve(),
      },
      { address: '127.0.0.1', port: 0 },
    );
  });
  afterAll(async () => {
    await listening.stop();
  });

  const raw = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(listening.url).port), '127.0.0.1', () => socket.write(text));
      let answer = '';
      socket.setEncoding('utf8');
      socket.on('data', (chunk: string) => (answer += chunk));
      socket.on('close', () => {
        resolve(answer);
      });
      socket.on('error', reject);
    });
  const head = 'Host: 127.0.0.1\r\nConnection: close\r\n';

  it('is refused when its headers are without end, or its length is said twice', async () => {
    expect(await raw(`GET /api/me HTTP/1.1\r\n${head}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431/,
    );
    const twice = 'Content-Type: application/json\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n';
    expect(await raw(`POST /api/holds HTTP/1.1\r\n${head}${twice}\r\n0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400/);
  });

  it('is refused when more of a body comes than may', async () => {
    const commandHead = `${head}Content-Type: application/json\r\nX-Promotion-Request: 1\r\nTransfer-Encoding: chunked\r\n`;
    const chunk = `400\r\n${'x'.repeat(1024)}\r\n`;
    const answer = await raw(`POST /api/holds HTTP/1.1\r\n${commandHead}\r\n${chunk.repeat(4)}0\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 413/);
  });

  it('is no JSON when it is packed', async () => {
    const answer = await fetch(`${listening.url}/api/holds`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip', 'X-Promotion-Request': '1' },
      body: new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
    });
    expect(answer.status).toBe(400);
  });
});
