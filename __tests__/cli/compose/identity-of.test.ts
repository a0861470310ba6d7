import { identityOf, publicOriginOf } from '../../../cli/compose/identity-of.ts';
import type { SessionStore } from '../../../engine/store/session-store.ts';

const parts = {
  user: { id: 'ana', verified: false, roles: [], via: 'cli' },
  sessions: {} as SessionStore,
  publicOrigin: 'https://promotion.example',
} as const;
const iap = { PROMOTION_IDENTITY: 'iap', PROMOTION_IDENTITY_AUDIENCE: '/projects/1' };
const oidc = {
  PROMOTION_IDENTITY: 'oidc',
  PROMOTION_IDENTITY_ISSUER: 'https://accounts.example',
  PROMOTION_IDENTITY_CLIENT: 'ui',
  PROMOTION_IDENTITY_CLIENT_SECRET: 'secret',
};

describe('how people prove who they are', () => {
  it.each([
    [{}, 'development'],
    [iap, 'iap'],
    [{ ...iap, PROMOTION_IDENTITY_KEYS: 'https://keys.example/jwks' }, 'iap'],
    [{ ...iap, PROMOTION_IDENTITY_KEYS: 'http://127.0.0.1:9000/jwks' }, 'iap'],
    [oidc, 'oidc'],
  ])('with %j is %s', (variables, kind) => {
    expect(identityOf(variables, parts).kind).toBe(kind);
  });

  it.each([
    [{ PROMOTION_IDENTITY: 'iap' }, 'PROMOTION_IDENTITY_AUDIENCE is not set'],
    [{ ...oidc, PROMOTION_IDENTITY_CLIENT_SECRET: '' }, 'PROMOTION_IDENTITY_CLIENT_SECRET is not set'],
    [{ ...iap, PROMOTION_IDENTITY_KEYS: 'http://keys.example/jwks' }, 'PROMOTION_IDENTITY_KEYS is no https address'],
    [{ ...iap, PROMOTION_IDENTITY_KEYS: 'keys' }, 'PROMOTION_IDENTITY_KEYS is no https address'],
    [{ PROMOTION_IDENTITY: 'iam' }, 'PROMOTION_IDENTITY is iam, by which this version lets nobody in'],
  ])('is refused with %j', (variables, message) => {
    expect(() => identityOf(variables, parts)).toThrow(message);
  });

  it('needs the address of the UI to send people back to', () => {
    expect(() => identityOf(oidc, { ...parts, publicOrigin: undefined })).toThrow('PROMOTION_UI_URL is not set');
    expect(publicOriginOf({ PROMOTION_UI_URL: 'https://promotion.example/' })).toBe('https://promotion.example');
    expect(publicOriginOf({})).toBeUndefined();
    expect(() => publicOriginOf({ PROMOTION_UI_URL: 'promotion' })).toThrow('PROMOTION_UI_URL is no address');
  });
});
