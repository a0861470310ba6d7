import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EnvironmentSecrets } from '../../engine/secrets/environment-secrets.ts';
import { MissingSecretError, type SecretSource } from '../../engine/secrets/secret-source.ts';
import { isSystemError } from '../../engine/storage/system-error.ts';
import type { LocalFolders } from './local-folders.ts';

/** What the engine speaks to the database-migration function with, which is nobody else's. */
const ownSecrets: readonly string[] = ['caller-token'];
/** A file directly in the folder, whatever the name says. */
const plainName = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,126}$/;

/** Secrets of one machine: environment variables, else files that local mode keeps, which only their owner may read. */
export class LocalSecrets implements SecretSource {
  readonly #folders: LocalFolders;
  readonly #variables: EnvironmentSecrets;

  constructor(folders: LocalFolders, environment: Readonly<Record<string, string | undefined>>) {
    this.#folders = folders;
    this.#variables = new EnvironmentSecrets(environment);
  }

  async read(name: string, signal: AbortSignal): Promise<string> {
    try {
      return await this.#variables.read(name, signal);
    } catch (error) {
      if (!(error instanceof MissingSecretError) || !plainName.test(name) || ownSecrets.includes(name)) throw error;
    }
    const file = this.#file(name);
    try {
      return (await readFile(file, 'utf8')).trim();
    } catch (error) {
      if (!isSystemError(error, 'ENOENT', 'EISDIR')) throw error;
      throw new MissingSecretError(`the secret ${name} is neither an environment variable nor in ${file}`);
    }
  }

  /** Whole or not at all, so that whoever reads it meanwhile gets the old one or the new one. */
  async keep(name: string, value: string): Promise<void> {
    if (!plainName.test(name)) throw new Error(`${name} is no name of a secret`);
    const file = this.#file(name);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const draft = `${file}.${String(process.pid)}`;
    await writeFile(draft, value, { mode: 0o600 });
    await chmod(draft, 0o600);
    await rename(draft, file);
  }

  #file(name: string): string {
    return this.#folders.in('secrets', name);
  }
}
