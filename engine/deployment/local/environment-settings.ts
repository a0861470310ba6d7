import { mkdir, readFile, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { isSystemError } from '../../storage/system-error.ts';
import { labelSchema } from './deployment-record.ts';
import { InvalidRecordError, parseRecord, readRecord, writeRecord } from './record-file.ts';
import { writeVariableNames } from './variable-names.ts';

const absolutePathSchema = z.string().refine(isAbsolute, 'must be an absolute path');

const environmentSettingsSchema = z.strictObject({
  /** The environment's values file in the configuration repository, for example `staging/values.yaml`. */
  valuesPath: z.string().min(1),
  /** The file of the environment's flag store; services get it as FLAGS_FILE. */
  flagsFile: absolutePathSchema,
  /** Loopback ports to serve at, where they must be known beforehand. Default: the platform chooses and keeps one. */
  ports: z.record(labelSchema, z.int().min(1).max(65_535)).default({}),
});
export type EnvironmentSettings = z.infer<typeof environmentSettingsSchema>;

const variablesSchema = z.record(
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be a variable name'),
  z.string().refine((value) => !value.includes('\0'), 'must not contain a NUL character'),
);
export type EnvironmentVariables = Readonly<Record<string, string>>;

export const settingsFile = 'environment.json';
export const variablesFile = 'variables.json';

/** Writes what the platform must know of an environment beside its desired state. */
export async function writeEnvironmentSettings(
  folder: string,
  settings: z.input<typeof environmentSettingsSchema>,
  variables: EnvironmentVariables,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeRecord(join(folder, variablesFile), variablesSchema.parse(variables));
  await writeVariableNames(folder, variables);
  await writeRecord(join(folder, settingsFile), environmentSettingsSchema.parse(settings));
}

/** @throws InvalidRecordError when the file is absent or wrong. */
export async function readEnvironmentSettings(folder: string): Promise<EnvironmentSettings> {
  const settings = await readRecord(join(folder, settingsFile), environmentSettingsSchema);
  if (settings !== undefined) return settings;
  throw new InvalidRecordError(`${join(folder, settingsFile)} is absent: the environment was never set up`);
}

/**
 * The fixed variables every service of the environment gets (connection strings, keys). None when there is no file.
 * @throws InvalidRecordError when others than the owner may read it, or it is wrong; values are never quoted.
 */
export async function readEnvironmentVariables(folder: string): Promise<EnvironmentVariables> {
  const path = join(folder, variablesFile);
  try {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new InvalidRecordError(`${path} holds secrets and others may read it: run chmod 600 on it`);
    }
    return parseRecord(variablesSchema, await readFile(path, 'utf8'), path);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return {};
    throw error;
  }
}
