import { join } from 'node:path';
import { labelSchema } from '../deployment/local/deployment-record.ts';
import { variablesFile } from '../deployment/local/environment-settings.ts';
import { readVariableNames } from '../deployment/local/variable-names.ts';
import type { SecretNames } from './secret-names.ts';

/**
 * The fixed variables of an environment on this machine. The platform, which gives them to the services, writes their
 * names down beside them, so that nobody else needs to open the file with the values.
 */
export class LocalSecretNames implements SecretNames {
  readonly #root: string;

  /** @param rootDirectory the folder that the platform is started over. */
  constructor(rootDirectory: string) {
    this.#root = rootDirectory;
  }

  async names(environment: string, signal: AbortSignal): Promise<readonly string[]> {
    signal.throwIfAborted();
    const names = await readVariableNames(this.#folder(environment));
    if (names !== undefined) return names;
    throw new Error(
      `the names of ${environment}'s secrets are not known: the local platform has not looked at ${this.#folder(environment)} yet`,
    );
  }

  whereToAdd(environment: string): string {
    return join(this.#folder(environment), variablesFile);
  }

  #folder(environment: string): string {
    return join(this.#root, labelSchema.parse(environment));
  }
}
