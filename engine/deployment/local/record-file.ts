import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { isSystemError } from '../../storage/system-error.ts';
import { writeDurably } from '../../storage/write-durably.ts';

/** A file of the local platform does not hold what it must. The content is not quoted: it may be private. */
export class InvalidRecordError extends Error {
  override readonly name = 'InvalidRecordError';
}

/** @throws InvalidRecordError naming the file and each problem in it. */
export function parseRecord<T>(schema: z.ZodType<T>, text: string, location: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InvalidRecordError(`${location} is not JSON: repair it or put it back from a copy`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || 'the document'}: ${issue.message}`);
  throw new InvalidRecordError(`${location} is not valid: ${problems.join('; ')}`);
}

/** A JSON file's validated content, or undefined when there is no such file. @throws InvalidRecordError */
export async function readRecord<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
  return parseRecord(schema, text, path);
}

/** Replaces a private JSON file whole: a reader, or a death in between, meets the old content or the new. */
export async function writeRecord(path: string, value: unknown): Promise<void> {
  await writeDurably(path, `${JSON.stringify(value, undefined, 2)}\n`, 0o600);
}
