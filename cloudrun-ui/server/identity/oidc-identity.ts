import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';
import { z } from 'zod';
import type { SessionStore } from '../../../engine/store/session-store.ts';
import { ProblemError } from '../problems/problem.ts';
import type { Identified, Identity, IdentityRequest } from './identity.ts';
import { returnPath } from './return-path.ts';
import { BrowserCookie, hashOf, newToken } from './session-cookie.ts';

export const signInPaths = { begin: '/auth/sign-in', callback: '/auth/callback', end: '/api/sign-out' } as const;

/** A sign-in at the issuer may take so long. */
const signInSeconds = 600;
const sessionSeconds = 12 * 3600;
const idleSeconds = 2 * 3600;

export interface OidcOptions {
  /** The issuer as it describes itself; asked for again when it could not be had. */
  configuration(): Promise<Configuration>;
  readonly sessions: SessionStore;
  /** Where people reach this server: `https://promotion.example`. */
  readonly publicOrigin: string;
}

/** Where a browser is sent, and what it is to keep. */
export interface Redirect {
  readonly to: string;
  readonly cookies: readonly string[];
}

const claimsSchema = z.object({ email: z.string().min(3).max(320), email_verified: z.literal(true) });

/**
 * People who sign in with an OpenID Connect issuer: authorization code with PKCE, state and nonce. What they are then is kept
 * here, and the browser has nothing but a random word for it.
 */
export class OidcIdentity implements Identity {
  readonly kind = 'oidc';
  readonly #options: OidcOptions;
  readonly #session: BrowserCookie;
  readonly #signIn: BrowserCookie;

  constructor(options: OidcOptions) {
    this.#options = options;
    const isSecure = options.publicOrigin.startsWith('https:');
    this.#session = new BrowserCookie('promotion-session', isSecure);
    this.#signIn = new BrowserCookie('promotion-sign-in', isSecure);
  }

  async identify({ headers }: IdentityRequest): Promise<Identified> {
    const token = this.#session.read(headers);
    const session =
      token === undefined ? undefined : await this.#options.sessions.findSession(hashOf(token), idleSeconds);
    if (session === undefined) return { kind: 'unknown', why: `nobody is signed in; sign in at ${signInPaths.begin}` };
    return { kind: 'known', actor: { id: session.person, verified: true, roles: [], via: 'ui' } };
  }

  /** Sends a browser to the issuer. @param returnTo the page that was wanted. */
  async begin(returnTo: string | undefined): Promise<Redirect> {
    const configuration = await this.#configuration();
    const [state, nonce, codeVerifier, browser] = [randomState(), randomNonce(), randomPKCECodeVerifier(), newToken()];
    await this.#options.sessions.beginSignIn(
      {
        stateHash: hashOf(state),
        browserHash: hashOf(browser),
        codeVerifier,
        nonce,
        returnTo: returnPath(returnTo),
      },
      signInSeconds,
    );
    const to = buildAuthorizationUrl(configuration, {
      redirect_uri: `${this.#options.publicOrigin}${signInPaths.callback}`,
      scope: 'openid email',
      response_type: 'code',
      code_challenge: await calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return { to: to.href, cookies: [this.#signIn.set(browser, signInSeconds)] };
  }

  /** Takes what the issuer sent a browser back with. @throws ProblemError when it does not hold. */
  async finish({ headers, url }: IdentityRequest): Promise<Redirect> {
    const configuration = await this.#configuration();
    const state = url.searchParams.get('state') ?? '';
    const browser = this.#signIn.read(headers);
    const pending = await this.#options.sessions.takeSignIn(hashOf(state));
    if (pending === undefined || browser === undefined || pending.browserHash !== hashOf(browser)) {
      throw refused('this sign-in was not begun in this browser, or its time is over');
    }
    const here = new URL(`${signInPaths.callback}${url.search}`, this.#options.publicOrigin);
    const person = await personOf(configuration, here, state, pending.nonce, pending.codeVerifier);
    // Always a new one: what was known before somebody signed in is nobody's session.
    const token = newToken();
    await this.#options.sessions.openSession(hashOf(token), person, sessionSeconds);
    return { to: pending.returnTo, cookies: [this.#signIn.clear(), this.#session.set(token, sessionSeconds)] };
  }

  /** @returns the cookie that ends it in the browser. */
  async end(headers: Headers): Promise<string> {
    const token = this.#session.read(headers);
    if (token !== undefined) await this.#options.sessions.endSession(hashOf(token));
    return this.#session.clear();
  }

  async #configuration(): Promise<Configuration> {
    try {
      return await this.#options.configuration();
    } catch {
      throw new ProblemError('unavailable', 'the issuer where people sign in does not answer', {
        remedy: 'try again in a moment',
        headers: { 'Retry-After': '5' },
      });
    }
  }
}

async function personOf(
  configuration: Configuration,
  here: URL,
  expectedState: string,
  expectedNonce: string,
  pkceCodeVerifier: string,
): Promise<string> {
  let claims: unknown;
  try {
    const tokens = await authorizationCodeGrant(configuration, here, {
      expectedState,
      expectedNonce,
      pkceCodeVerifier,
      idTokenExpected: true,
    });
    claims = tokens.claims();
  } catch {
    throw refused('the issuer did not vouch for you');
  }
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) throw refused('the issuer tells no e-mail address of yours that it has verified');
  return parsed.data.email;
}

function refused(detail: string): ProblemError {
  return new ProblemError('not-signed-in', detail, { remedy: `begin again at ${signInPaths.begin}` });
}
