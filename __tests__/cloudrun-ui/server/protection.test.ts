import { jest } from '@jest/globals';
import { DevelopmentIdentity } from '../../../cloudrun-ui/server/identity/development-identity.ts';
import { Allowance } from '../../../cloudrun-ui/server/protection/allowance.ts';
import { isLoopback } from '../../../cloudrun-ui/server/protection/loopback.ts';
import type { Actor } from '../../../engine/promotion-service.ts';
import { promoter } from '../../engine/service/service-fixture.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { ApiDesk } from './api-desk.ts';

jest.setTimeout(60_000);

const ana: Actor = { id: 'ana', verified: false, roles: ['promoter', 'admin'], via: 'cli' };

let server: ScratchPostgres;
let api: ApiDesk;
let local: ApiDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
  api = await ApiDesk.open(await server.createStoreDatabase(), {
    limits: { bodyBytes: 10_000, burst: 60, requestsPerSecond: 1 },
  });
  local = await ApiDesk.open(await server.createStoreDatabase(), { identity: new DevelopmentIdentity(ana) });
});
afterAll(async () => {
  await api.close();
  await local.close();
  await server.stop();
});

const command = '/api/promotions';
const body = { application: 'shop', release: 'v2', to: 'qa' };

describe('whom the server answers', () => {
  it('nobody who is not signed in', async () => {
    const { status, body: problem } = await api.get('/api/me', 'nobody', {
      'X-Goog-Authenticated-User-Email': 'x@y.z',
    });
    expect([status, problem['code']]).toEqual([401, 'not-signed-in']);
  });

  it.each([
    ['Sec-Fetch-Site', { 'Sec-Fetch-Site': 'cross-site' }, 403, 'cross-site'],
    ['a neighbour by Sec-Fetch-Site', { 'Sec-Fetch-Site': 'same-site' }, 403, 'cross-site'],
    ['Origin', { Origin: 'https://evil.example', Host: 'promotion.example' }, 403, 'cross-site'],
    ['an origin that is none', { Origin: 'null', Host: 'promotion.example' }, 403, 'cross-site'],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415, 'not-json'],
    ['text that looks like JSON', { 'Content-Type': 'text/plain; application/json' }, 415, 'not-json'],
  ])('no command from another site, told by %s', async (_by, headers, status, code) => {
    const answered = await api.post(command, body, promoter, headers);
    expect([answered.status, answered.body['code']]).toEqual([status, code]);
    expect(await api.desk.store.listPromotions({ limit: 1 })).toEqual([]);
  });

  it('no command without the header that another site cannot send', async () => {
    const answered = await api.application.request(command, {
      method: 'POST',
      headers: { 'X-Test-Person': promoter.id, 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect(answered.status).toBe(403);
  });

  it('no body that is too long', async () => {
    const { status } = await api.post(command, { ...body, reason: 'x'.repeat(20_000) });
    expect(status).toBe(413);
  });

  it('nobody who asks too often, but others', async () => {
    let refused: Headers | undefined;
    for (let index = 0; index < 400 && refused === undefined; index += 1) {
      const { status, headers } = await api.get('/api/me', promoter);
      if (status === 429) refused = headers;
    }
    expect(refused?.get('Retry-After')).toBe('1');
    expect((await api.get('/api/me')).status).toBe(200);
  });
});

describe('somebody whom nobody knows', () => {
  it('is counted by his address, and takes nothing from those who are known', async () => {
    const guarded = ApiDesk.over(api.desk, { limits: { bodyBytes: 10_000, burst: 3, requestsPerSecond: 1 } });
    const statuses: number[] = [];
    for (let index = 0; index < 5; index += 1) statuses.push((await guarded.get('/api/me', 'nobody')).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect((await guarded.get('/api/me')).status).toBe(200);
  });
});

describe('a server where nobody proves who he is', () => {
  const here = { Host: '127.0.0.1:8080' };

  it('takes whoever uses the machine for who he is there', async () => {
    expect((await local.get('/api/me', 'nobody', here)).body).toMatchObject({ person: 'ana', signIn: 'development' });
  });

  it('lets him speak for somebody else, who is recorded as said by him and brings no role', async () => {
    const { body: me } = await local.get('/api/me', 'nobody', {
      ...here,
      Cookie: 'promotion-person=ben%40shop.example',
    });
    expect(me).toMatchObject({ person: 'ben@shop.example', isVerified: false, roles: [], saidBy: 'ana' });
  });

  it.each(['promotion.example', '10.0.0.7:8080', '127.0.0.1.evil.example', 'localhost.evil.example', ''])(
    'does not answer to the name "%s"',
    async (Host) => {
      const answered = await local.application.request('/api/me', { headers: { Host } });
      expect(answered.status).toBe(421);
    },
  );

  it.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['[::1]', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['::', false],
    ['192.168.1.4', false],
    ['::ffff:10.0.0.1', false],
    ['example.org', false],
  ])('takes %s for this machine: %s', (address, expected) => {
    expect(isLoopback(address)).toBe(expected);
  });
});

describe('an allowance', () => {
  it('gives so many at once and so many a second, each person his own', () => {
    let nowMs = 0;
    const allowance = new Allowance({ burst: 2, perSecond: 4, nowMs: () => nowMs });
    expect([allowance.take('a'), allowance.take('a'), allowance.take('a'), allowance.take('b')]).toEqual([
      0, 0, 0.25, 0,
    ]);
    nowMs = 250;
    expect([allowance.take('a'), allowance.take('a')]).toEqual([0, 0.25]);
    nowMs = 60_000;
    expect([allowance.take('a'), allowance.take('a'), allowance.take('a')]).toEqual([0, 0, 0.25]);
  });
});

describe('what browsers are told', () => {
  it('nothing may be loaded from elsewhere, run in line or frame it', async () => {
    const { headers } = await api.application.request('/docs');
    const policy = headers.get('Content-Security-Policy') ?? '';
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  });
});
