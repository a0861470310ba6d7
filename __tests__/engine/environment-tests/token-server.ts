import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeJwt, errors, jwtVerify } from 'jose';

/** What a service forgets to look at. */
export type Weakness = 'none' | 'takes-anything' | 'takes-any-key' | 'takes-no-signature' | 'takes-expired';

/** A service whose `/orders` wants a token of its key; with a weakness it takes some that are none. */
export function tokenServer(key: string, weakness: Weakness = 'none') {
  return async ({ headers, url }: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (url !== '/orders') {
      response.writeHead(404).end();
      return;
    }
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    const isTaken = weakness === 'takes-anything' || (token !== undefined && (await takes(token, key, weakness)));
    response.writeHead(isTaken ? 200 : 401).end();
  };
}

async function takes(token: string, key: string, weakness: Weakness): Promise<boolean> {
  try {
    await jwtVerify(token, new TextEncoder().encode(key), {
      algorithms: ['HS256'],
      issuer: 'shop',
      audience: 'orders',
    });
    return true;
  } catch (error) {
    if (error instanceof errors.JWTExpired) return weakness === 'takes-expired';
    if (error instanceof errors.JWSSignatureVerificationFailed) return weakness === 'takes-any-key';
    return weakness === 'takes-no-signature' && isUnsigned(token);
  }
}

function isUnsigned(token: string): boolean {
  try {
    return token.endsWith('.') && decodeJwt(token).iss === 'shop';
  } catch {
    return false;
  }
}
