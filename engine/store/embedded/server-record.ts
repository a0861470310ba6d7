import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { isSystemError } from '../../storage/system-error.ts';
import { writeDurably } from '../../storage/write-durably.ts';

const recordSchema = z.strictObject({
  /** Holds the data directory. */
  base: z.string().min(1),
  /** Tried first at the next start, so that addresses which people noted stay right. */
  port: z.int().min(1).max(65_535).optional(),
  notes: z.array(z.string()),
});
/** What is known of the server of a directory once it has been started. */
export type ServerRecord = z.infer<typeof recordSchema>;

/** Undefined before the first start. @throws when the file is damaged. */
export async function readRecord(directory: string): Promise<ServerRecord | undefined> {
  const path = join(directory, 'server.json');
  const text = await readIfPresent(path);
  if (text === undefined) return undefined;
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${path} is damaged. Remove it; the next start writes it anew.`, { cause: error });
  }
}

export async function writeRecord(directory: string, record: ServerRecord): Promise<void> {
  await writeDurably(join(directory, 'server.json'), `${JSON.stringify(record, undefined, 2)}\n`);
}

/** The password of the server's one user; undefined before the first start. */
export async function readPassword(directory: string): Promise<string | undefined> {
  return await readIfPresent(passwordFile(directory));
}

export function passwordFile(directory: string): string {
  return join(directory, 'password');
}

/** Draws a password and keeps it in a file that only its owner may read. */
export async function createPassword(directory: string): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  await writeDurably(passwordFile(directory), password, 0o600);
  return password;
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}
