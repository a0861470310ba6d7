import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { ProblemError } from '../problems/problem.ts';
import type { Identified, Identity, IdentityRequest } from './identity.ts';

/** What the proxy signs and adds to each request; the other headers that it adds are signed by nobody, and never read. */
const assertionHeader = 'x-goog-iap-jwt-assertion';
const issuer = 'https://cloud.google.com/iap';
/** Clocks of two machines. */
const toleranceSeconds = 30;

const claimsSchema = z.object({ email: z.string().min(3).max(320) });

export interface IapOptions {
  /** `/projects/<number>/locations/<region>/services/<service>`: a token for another service is none for this one. */
  readonly audience: string;
  /** The proxy's public keys. */
  readonly keys: JWTVerifyGetKey;
  readonly now?: () => Date;
}

/** People who came through Identity-Aware Proxy, which says by a signed token who each is. */
export class IapIdentity implements Identity {
  readonly kind = 'iap';
  readonly #options: IapOptions;

  constructor(options: IapOptions) {
    this.#options = options;
  }

  async identify({ headers }: IdentityRequest): Promise<Identified> {
    const token = headers.get(assertionHeader);
    if (token === null) return unknown('the request did not come through Identity-Aware Proxy');
    const { audience, keys, now } = this.#options;
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['ES256'],
        issuer,
        audience,
        clockTolerance: toleranceSeconds,
        requiredClaims: ['exp', 'iat', 'sub', 'email'],
        ...(now === undefined ? {} : { currentDate: now() }),
      });
      const claims = claimsSchema.safeParse(payload);
      if (!claims.success) return unknown('the token of Identity-Aware Proxy names nobody');
      return { kind: 'known', actor: { id: claims.data.email, verified: true, roles: [], via: 'ui' } };
    } catch (error) {
      if (isRefusal(error)) return unknown('the token of Identity-Aware Proxy is not valid here');
      throw new ProblemError('unavailable', 'the keys of Identity-Aware Proxy cannot be fetched', {
        remedy: 'ask again in a moment',
        headers: { 'Retry-After': '5' },
      });
    }
  }
}

function unknown(why: string): Identified {
  return { kind: 'unknown', why: `${why}; open the UI by its address and sign in` };
}

/** Not being able to fetch keys says nothing about the token. */
function isRefusal(error: unknown): boolean {
  return error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout);
}
