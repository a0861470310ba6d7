import { SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { secret } from './order-parts.ts';

/** A token as the shop issues it, except for what the test wants different. */
export async function customerToken(claims: JWTPayload = {}, signedWith = secret, alg = 'HS256'): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({ iss: 'shop', aud: 'orders', sub: 'ana', exp: now + 60, ...claims })
    .setProtectedHeader({ alg })
    .sign(new TextEncoder().encode(signedWith));
}
