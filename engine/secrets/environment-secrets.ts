import { MissingSecretError, type SecretSource } from './secret-source.ts';

/** What is the engine's own and no business of what the rules run. */
const ownVariables: ReadonlySet<string> = new Set(['DATABASE_URL']);

/** Secrets of one machine: environment variables of the process that runs promotions. */
export class EnvironmentSecrets implements SecretSource {
  readonly #environment: Readonly<Record<string, string | undefined>>;

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    this.#environment = environment;
  }

  async read(name: string, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    if (ownVariables.has(name)) {
      throw new MissingSecretError(`${name} is the engine's own and is given to nobody; name a secret of your own`);
    }
    const value = this.#environment[name];
    if (value === undefined || value === '') {
      throw new MissingSecretError(`the secret ${name} is not set; set the environment variable ${name}`);
    }
    return value;
  }
}
