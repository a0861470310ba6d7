/** What an access token says of whom. */
export interface TokenClaims {
  readonly subject: string;
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** Signs access tokens as an application's own identity provider does, so that tests can bring right and wrong ones. */
export interface TokenSigner {
  /**
   * @param secret name of the key (HS256). What is in it comes nowhere near the caller.
   * @throws MissingSecretError
   */
  sign(secret: string, claims: TokenClaims, signal: AbortSignal): Promise<string>;
}
