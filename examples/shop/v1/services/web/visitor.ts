import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { SignJWT } from 'jose';

const cookieName = 'shop_visitor';
const identifier = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The visitor named by the request's cookie. Nobody can guess another's: it is a random UUID. */
export function visitorOf(headers: IncomingHttpHeaders): string | undefined {
  for (const cookie of (headers.cookie ?? '').split(';')) {
    const [name, value] = cookie.trim().split('=');
    if (name === cookieName && value !== undefined && identifier.test(value)) return value;
  }
  return undefined;
}

export const newVisitor = (): string => randomUUID();

/** Kept from scripts and from requests that other sites make. */
export const visitorCookie = (visitor: string): string =>
  `${cookieName}=${visitor}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000`;

/** Signs what the orders API asks for: who it is, for a minute. */
export class VisitorTokens {
  readonly #key: Uint8Array;

  constructor(secret: string) {
    this.#key = new TextEncoder().encode(secret);
  }

  async authorization(visitor: string): Promise<string> {
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('shop')
      .setAudience('orders')
      .setSubject(visitor)
      .setIssuedAt()
      .setExpirationTime('60s')
      .sign(this.#key);
    return `Bearer ${token}`;
  }
}
