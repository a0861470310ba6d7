import { SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { secret } from './order-parts.ts';

export interface Signing {
  readonly secret?: string;
  readonly alg?: string;
  readonly leaveOut?: string;
}

/** A token as the shop issues it, except for what the test wants different. */
export async function customerToken(claims: JWTPayload = {}, signing: Signing = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const payload = Object.entries({ iss: 'shop', aud: 'orders', sub: 'ana', exp: now + 60, ...claims });
  return new SignJWT(Object.fromEntries(payload.filter(([claim]) => claim !== signing.leaveOut)))
    .setProtectedHeader({ alg: signing.alg ?? 'HS256' })
    .sign(new TextEncoder().encode(signing.secret ?? secret));
}
