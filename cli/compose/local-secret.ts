import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isSystemError } from '../../engine/storage/system-error.ts';

/** Reads a secret, making it first when it does not exist; only its owner may read the file. */
export async function writeSecretOnce(file: string, make: () => string): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(file, make(), { mode: 0o600, flag: 'wx' });
    await chmod(file, 0o600);
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) throw error;
  }
  return readFile(file, 'utf8');
}

/** What signs notifications, by its name. @throws when there is none. */
export function secretFromEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`the environment variable ${name} holds no secret`);
  return value;
}
