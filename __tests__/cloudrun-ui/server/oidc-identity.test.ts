import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { jest } from '@jest/globals';
import { Provider } from 'oidc-provider';
import { Issuer } from '../../../cloudrun-ui/server/identity/issuer.ts';
import { OidcIdentity } from '../../../cloudrun-ui/server/identity/oidc-identity.ts';
import { returnPath } from '../../../cloudrun-ui/server/identity/return-path.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { ServiceDesk } from '../../engine/service/service-fixture.ts';
import { ApiDesk } from './api-desk.ts';

jest.setTimeout(60_000);

const origin = 'http://127.0.0.1:18080';

/** Keeps cookies by host, and never follows by itself, as a browser that somebody watches. */
class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();
  readonly #api: ApiDesk;

  constructor(api: ApiDesk) {
    this.#api = api;
  }

  async go(url: string, form?: Record<string, string>): Promise<Response> {
    const { host, origin: site } = new URL(url);
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    const headers = { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') };
    const init: RequestInit = {
      headers,
      redirect: 'manual',
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    };
    const answer = site === origin ? await this.#api.application.request(url, init) : await fetch(url, init);
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const cut = pair.indexOf('=');
      if (/max-age=0/i.test(cookie)) jar.delete(pair.slice(0, cut));
      else jar.set(pair.slice(0, cut), pair.slice(cut + 1));
    }
    return answer;
  }

  /** Goes on until it is back at this site's callback, which it does not open. */
  async signInAtIssuer(first: string, login: string): Promise<string> {
    let url = first;
    for (let step = 0; step < 12; step += 1) {
      if (url.startsWith(`${origin}/auth/callback`)) return url;
      let answer = await this.go(url);
      if (answer.status === 200) {
        const page = await answer.text();
        const form = page.includes('name="login"') ? { prompt: 'login', login, password: 'x' } : { prompt: 'consent' };
        answer = await this.go(new URL(/action="([^"]+)"/.exec(page)?.[1] ?? '', url).href, form);
      }
      url = new URL(answer.headers.get('Location') ?? '', url).href;
    }
    throw new Error(`never came back, at ${url}`);
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(new URL(origin).host)?.get(name);
  }

  keep(name: string, value: string): void {
    this.#cookies.get(new URL(origin).host)?.set(name, value);
  }
}

let postgres: ScratchPostgres;
let desk: ServiceDesk;
let api: ApiDesk;
let issuer: Server;
let isVerified = true;
beforeAll(async () => {
  postgres = await startScratchPostgres();
  desk = await ServiceDesk.open(await postgres.createStoreDatabase());
  issuer = createServer().listen(0, '127.0.0.1');
  await once(issuer, 'listening');
  const issuerUrl = `http://127.0.0.1:${String((issuer.address() as AddressInfo).port)}`;
  const silenced = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const provider = new Provider(issuerUrl, {
    clients: [{ client_id: 'ui', client_secret: 'secret', redirect_uris: [`${origin}/auth/callback`] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    cookies: { keys: ['k'] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: `${sub}@shop.example`, email_verified: isVerified }),
    }),
  });
  const answer = provider.callback();
  issuer.on('request', (request, response) => {
    answer(request, response).catch(() => undefined);
  });
  silenced.mockRestore();
  const found = new Issuer({ issuer: new URL(issuerUrl), clientId: 'ui', clientSecret: 'secret' });
  const identity = new OidcIdentity({
    configuration: found.configuration,
    sessions: desk.store.sessions,
    publicOrigin: origin,
  });
  api = ApiDesk.over(desk, { identity, publicOrigin: origin });
});
afterEach(() => {
  isVerified = true;
});
afterAll(async () => {
  // Closed first: a connection that comes in between would keep it open.
  const closed = once(issuer, 'close');
  issuer.close();
  issuer.closeAllConnections();
  await closed;
  await desk.close();
  await postgres.stop();
});

const begin = async (browser: Browser, to = '/promotions/pr-1?tab=log'): Promise<string> =>
  (await browser.go(`${origin}/auth/sign-in?to=${encodeURIComponent(to)}`)).headers.get('Location') ?? '';
const me = async (browser: Browser) => browser.go(`${origin}/api/me`);

describe('signing in with an issuer', () => {
  it('leads back to the page that was wanted, signed in as whoever the issuer vouches for, until somebody signs out', async () => {
    const browser = new Browser(api);
    expect((await me(browser)).status).toBe(401);
    const callback = await browser.signInAtIssuer(await begin(browser), 'ana');
    const back = await browser.go(callback);
    expect([back.status, back.headers.get('Location')]).toEqual([302, '/promotions/pr-1?tab=log']);
    const cookie = back.headers.getSetCookie().find((each) => each.startsWith('promotion-session')) ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(await (await me(browser)).json()).toMatchObject({
      person: 'ana@shop.example',
      isVerified: true,
      signIn: 'oidc',
    });

    const token = browser.cookie('promotion-session') ?? '';
    const out = await api.application.request('/api/sign-out', {
      method: 'POST',
      headers: { Cookie: `promotion-session=${token}`, 'Content-Type': 'application/json', 'X-Promotion-Request': '1' },
      body: '{}',
    });
    expect(out.status).toBe(200);
    expect((await me(browser)).status).toBe(401);
  });

  it('asks the issuer with PKCE, state and nonce, and for no more than who it is', async () => {
    const asked = new URL(await begin(new Browser(api))).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('scope')).toBe('openid email');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)?.length).toBeGreaterThan(30);
    expect(new URL(await begin(new Browser(api))).searchParams.get('state')).not.toBe(asked.get('state'));
  });

  it('takes each answer of the issuer once', async () => {
    const browser = new Browser(api);
    const callback = await browser.signInAtIssuer(await begin(browser), 'ana');
    expect((await browser.go(callback)).status).toBe(302);
    expect((await browser.go(callback)).status).toBe(401);
  });

  it('refuses an answer that another browser began, and one with another state or code', async () => {
    const [victim, attacker] = [new Browser(api), new Browser(api)];
    const callback = await attacker.signInAtIssuer(await begin(attacker), 'eve');
    await begin(victim);
    expect((await victim.go(callback)).status).toBe(401);
    const own = await victim.signInAtIssuer(await begin(victim), 'ana');
    expect((await victim.go(own.replace(/state=[^&]+/, 'state=made-up'))).status).toBe(401);
    const other = await victim.signInAtIssuer(await begin(victim), 'ana');
    expect((await victim.go(other.replace(/code=[^&]+/, 'code=made-up'))).status).toBe(401);
    expect((await victim.go(`${origin}/auth/callback?error=access_denied`)).status).toBe(401);
    expect((await me(victim)).status).toBe(401);
  });

  it('refuses whose address the issuer has not verified', async () => {
    isVerified = false;
    const browser = new Browser(api);
    const callback = await browser.signInAtIssuer(await begin(browser), 'mallory');
    expect((await browser.go(callback)).status).toBe(401);
  });

  it('gives a new session to whoever brings one along, and takes none that it did not give', async () => {
    const browser = new Browser(api);
    const first = await begin(browser);
    browser.keep('promotion-session', 'chosen-by-somebody');
    expect((await me(browser)).status).toBe(401);
    await browser.go(await browser.signInAtIssuer(first, 'ana'));
    expect(browser.cookie('promotion-session')).not.toBe('chosen-by-somebody');
    expect((await me(browser)).status).toBe(200);
  });

  it('keeps of a session nothing that would let anybody in', async () => {
    const browser = new Browser(api);
    await browser.go(await browser.signInAtIssuer(await begin(browser), 'ana'));
    const token = browser.cookie('promotion-session') ?? '';
    expect(await desk.store.sessions.findSession(token, 60)).toBeUndefined();
  });

  it('has sessions end when nobody uses them', async () => {
    await desk.store.sessions.openSession('hash', 'ana@shop.example', 3600);
    expect(await desk.store.sessions.findSession('hash', 60)).toMatchObject({ person: 'ana@shop.example' });
    expect(await desk.store.sessions.findSession('hash', 0)).toBeUndefined();
    await desk.store.sessions.openSession('over', 'ana@shop.example', -1);
    expect(await desk.store.sessions.findSession('over', 60)).toBeUndefined();
  });

  it('says that the issuer does not answer, and asks it again', async () => {
    let asked = 0;
    const identity = new OidcIdentity({
      configuration: () => {
        asked += 1;
        return Promise.reject(new Error('ECONNREFUSED'));
      },
      sessions: desk.store.sessions,
      publicOrigin: origin,
    });
    const without = ApiDesk.over(desk, { identity });
    for (const _ of [1, 2]) expect((await without.application.request('/auth/sign-in')).status).toBe(503);
    expect(asked).toBe(2);
  });
});

describe('where somebody is sent after a sign-in', () => {
  it.each([
    ['/promotions/pr-1?tab=log#line-3', '/promotions/pr-1?tab=log#line-3'],
    ['/', '/'],
    ['https://evil.example/', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example', '/'],
    ['/\tevil', '/'],
    ['/%0d%0aSet-Cookie:x', '/%0d%0aSet-Cookie:x'],
    ['/..//evil.example', '/'],
    ['javascript:alert(1)', '/'],
    [undefined, '/'],
  ])('%s is %s', (wanted, expected) => {
    expect(returnPath(wanted)).toBe(expected);
  });
});
