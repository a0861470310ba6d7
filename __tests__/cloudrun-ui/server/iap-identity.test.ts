import { exportJWK, generateKeyPair, createLocalJWKSet, SignJWT, UnsecuredJWT, errors } from 'jose';
import { IapIdentity } from '../../../cloudrun-ui/server/identity/iap-identity.ts';
import type { Identified } from '../../../cloudrun-ui/server/identity/identity.ts';

const audience = '/projects/1/locations/europe-west1/services/ui';
const issuer = 'https://cloud.google.com/iap';
const now = new Date('2026-11-27T10:00:00.000Z');
const seconds = now.getTime() / 1000;
const claims = { sub: 'accounts.google.com:123', email: 'ana@shop.example' };

const own = await generateKeyPair('ES256', { extractable: true });
const foreign = await generateKeyPair('ES256');
const publicKey = { ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'ES256' };
const identity = new IapIdentity({ audience, keys: createLocalJWKSet({ keys: [publicKey] }), now: () => now });

const signed = (more: Partial<{ iss: string; aud: string; exp: number; iat: number; email: string }> = {}) =>
  new SignJWT({ ...claims, ...more })
    .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
    .setIssuer(more.iss ?? issuer)
    .setAudience(more.aud ?? audience)
    .setIssuedAt(more.iat ?? seconds - 10)
    .setExpirationTime(more.exp ?? seconds + 600);

function identify(headers: Record<string, string>): Promise<Identified> {
  return identity.identify({ headers: new Headers(headers), url: new URL('https://ui.example/') });
}
const withToken = (token: string) => identify({ 'x-goog-iap-jwt-assertion': token });

describe('who comes through Identity-Aware Proxy', () => {
  it('is who its token says, verified and with no role of its own', async () => {
    expect(await withToken(await signed().sign(own.privateKey))).toEqual({
      kind: 'known',
      actor: { id: 'ana@shop.example', verified: true, roles: [], via: 'ui' },
    });
  });

  it.each([
    [
      'nothing but the headers that nobody signed',
      async () => ({ 'x-goog-authenticated-user-email': 'accounts.google.com:ana@shop.example' }),
    ],
    ['a token in another header', async () => ({ Authorization: `Bearer ${await signed().sign(own.privateKey)}` })],
    ['no header at all', async () => ({})],
  ])('is nobody with %s', async (_what, headers) => {
    expect(await identify(await headers())).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    ['forged by another key', () => signed().sign(foreign.privateKey)],
    ['expired', () => signed({ exp: seconds - 60 }).sign(own.privateKey)],
    ['for another service', () => signed({ aud: '/projects/1/locations/x/services/other' }).sign(own.privateKey)],
    ['of another issuer', () => signed({ iss: 'https://accounts.google.com' }).sign(own.privateKey)],
    [
      'without an address',
      () =>
        new SignJWT({ sub: '1' })
          .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
          .setIssuer(issuer)
          .setAudience(audience)
          .setIssuedAt(seconds)
          .setExpirationTime(seconds + 60)
          .sign(own.privateKey),
    ],
    [
      'without an end',
      () =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
          .setIssuer(issuer)
          .setAudience(audience)
          .setIssuedAt(seconds)
          .sign(own.privateKey),
    ],
    [
      'signed by nobody (alg none)',
      async () =>
        new UnsecuredJWT(claims)
          .setIssuer(issuer)
          .setAudience(audience)
          .setIssuedAt(seconds)
          .setExpirationTime(seconds + 60)
          .encode(),
    ],
    [
      'signed with the public key as a secret (HS256)',
      () =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
          .setIssuer(issuer)
          .setAudience(audience)
          .setIssuedAt(seconds)
          .setExpirationTime(seconds + 60)
          .sign(new TextEncoder().encode(JSON.stringify(publicKey))),
    ],
    ['cut short', async () => (await signed().sign(own.privateKey)).slice(0, -4)],
    [
      'changed on its way',
      async () => {
        const [head = '', , signature = ''] = (await signed().sign(own.privateKey)).split('.');
        const other = Buffer.from(
          JSON.stringify({
            ...claims,
            email: 'eve@shop.example',
            iss: issuer,
            aud: audience,
            iat: seconds,
            exp: seconds + 60,
          }),
        );
        return `${head}.${other.toString('base64url')}.${signature}`;
      },
    ],
    ['no token', async () => 'a.b.c'],
    ['nothing', async () => ''],
  ])('is nobody with a token that is %s', async (_what, token) => {
    expect(await withToken(await token())).toMatchObject({ kind: 'unknown' });
  });

  it('is not taken for a stranger while the keys cannot be had', async () => {
    const without = new IapIdentity({ audience, keys: () => Promise.reject(new errors.JWKSTimeout()) });
    const request = {
      headers: new Headers({ 'x-goog-iap-jwt-assertion': await signed().sign(own.privateKey) }),
      url: new URL('https://ui.example/'),
    };
    await expect(without.identify(request)).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
