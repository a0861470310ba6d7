import type { IncomingHttpHeaders } from 'node:http';
import { errors, jwtVerify } from 'jose';
import { RequestProblem } from '../../platform/reply.ts';

export interface Caller {
  readonly customer: string;
}

const refuse = (message: string): RequestProblem =>
  new RequestProblem(401, message, { headers: { 'www-authenticate': 'Bearer realm="orders"' } });

/** Tells who calls: a JWT, HS256 and nothing else, issued by the shop for orders, not expired. */
export class AccessTokens {
  readonly #key: Uint8Array;

  constructor(secret: string) {
    this.#key = new TextEncoder().encode(secret);
  }

  /** @throws RequestProblem 401 that says which kind of problem it is and nothing about the token. */
  async verify(headers: IncomingHttpHeaders): Promise<Caller> {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) throw refuse('Send an access token: Authorization: Bearer <token>.');
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ['HS256'],
        issuer: 'shop',
        audience: 'orders',
        requiredClaims: ['exp', 'sub'],
        clockTolerance: 0,
      });
      return { customer: payload.sub ?? '' };
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw refuse('The access token has expired. Ask for a new one.');
      throw refuse('The access token is not valid.');
    }
  }
}
