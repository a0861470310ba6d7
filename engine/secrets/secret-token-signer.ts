import { SignJWT } from 'jose';
import type { SecretSource } from './secret-source.ts';
import type { TokenClaims, TokenSigner } from './token-signer.ts';

/** Signs with keys from where secrets are kept. */
export class SecretTokenSigner implements TokenSigner {
  readonly #secrets: SecretSource;

  constructor(secrets: SecretSource) {
    this.#secrets = secrets;
  }

  async sign(secret: string, claims: TokenClaims, signal: AbortSignal): Promise<string> {
    return signToken(claims, new TextEncoder().encode(await this.#secrets.read(secret, signal)));
  }
}

/** A JSON Web Token, HS256. */
export async function signToken(claims: TokenClaims, key: Uint8Array): Promise<string> {
  const token = new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(claims.subject)
    .setIssuedAt(claims.issuedAt)
    .setExpirationTime(claims.expiresAt);
  if (claims.issuer !== undefined) token.setIssuer(claims.issuer);
  if (claims.audience !== undefined) token.setAudience(claims.audience);
  return token.sign(key);
}
