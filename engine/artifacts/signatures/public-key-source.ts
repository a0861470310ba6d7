/** Where public keys are kept that rules name by a file. Public, so what is read may be shown; never a private one. */
export interface PublicKeySource {
  /** @returns PEM. @throws PublicKeyError, which says where the key must be put. */
  read(file: string, signal: AbortSignal): Promise<string>;
}
