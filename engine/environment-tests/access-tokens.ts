import { randomBytes } from 'node:crypto';
import { UnsecuredJWT } from 'jose';
import type { JwtTesting } from '../rules/testing-schema.ts';
import { signToken } from '../secrets/secret-token-signer.ts';
import type { TokenClaims, TokenSigner } from '../secrets/token-signer.ts';

const lifetimeMs = 300_000;
const expiredSinceMs = 3_600_000;

/** Access tokens of an application, right ones and wrong ones. */
export class AccessTokens {
  readonly #jwt: JwtTesting;
  readonly #signer: TokenSigner;
  readonly #now: Date;
  readonly #signal: AbortSignal;

  constructor(jwt: JwtTesting, signer: TokenSigner, now: Date, signal: AbortSignal) {
    this.#jwt = jwt;
    this.#signer = signer;
    this.#now = now;
    this.#signal = signal;
  }

  /** As the application's own identity provider makes it. @throws MissingSecretError */
  genuine(): Promise<string> {
    return this.#signer.sign(this.#jwt.secret, this.#claims(0), this.#signal);
  }

  /** Signed with the right key, and over. @throws MissingSecretError */
  expired(): Promise<string> {
    return this.#signer.sign(this.#jwt.secret, this.#claims(expiredSinceMs), this.#signal);
  }

  /** Says the right things, signed by somebody else. */
  forged(): Promise<string> {
    return signToken(this.#claims(0), randomBytes(32));
  }

  /** Says the right things, and claims to need no signature. */
  unsigned(): string {
    const { subject, issuer, audience, issuedAt, expiresAt } = this.#claims(0);
    const token = new UnsecuredJWT().setSubject(subject).setIssuedAt(issuedAt).setExpirationTime(expiresAt);
    if (issuer !== undefined) token.setIssuer(issuer);
    if (audience !== undefined) token.setAudience(audience);
    return token.encode();
  }

  #claims(agoMs: number): TokenClaims {
    const { subject, issuer, audience } = this.#jwt;
    const issuedAt = new Date(this.#now.getTime() - agoMs);
    return { subject, issuer, audience, issuedAt, expiresAt: new Date(issuedAt.getTime() + lifetimeMs) };
  }
}
