/** A secret that the rules name is not kept where it is looked for. */
export class MissingSecretError extends Error {
  override readonly name = 'MissingSecretError';
}

/** Where secrets are kept that rules name. Values go to whom they are for, and nowhere else. */
export interface SecretSource {
  /** @throws MissingSecretError, which says where the secret must be put. */
  read(name: string, signal: AbortSignal): Promise<string>;
}
