import { join } from 'node:path';
import { z } from 'zod';
import { commitSchema, imageDigestSchema, labelSchema } from './deployment-record.ts';
import type { RevisionDescription } from './instance-launcher.ts';
import { readRecord, writeRecord } from './record-file.ts';

const servingSchema = z.strictObject({
  service: labelSchema,
  repository: z.string().min(1),
  digest: imageDigestSchema,
  release: z.string().min(1),
  configurationCommit: commitSchema,
});
export type ServingRecord = z.infer<typeof servingSchema>;

const servingFile = 'serving.json';
/** What is kept beside it without getting requests, ready to take them back. */
const standbyFile = 'standby.json';

/** What served in an environment last: what a platform brings back first, whatever is desired by then. */
export async function readServing(folder: string): Promise<readonly ServingRecord[]> {
  return (await readRecord(join(folder, servingFile), z.array(servingSchema))) ?? [];
}

/** What was kept beside it, which is brought back as well. */
export async function readStandby(folder: string): Promise<readonly ServingRecord[]> {
  return (await readRecord(join(folder, standbyFile), z.array(servingSchema))) ?? [];
}

/**
 * The standby is written first: a platform that ends in between brings back one instance too many, which is stopped
 * when nobody wants it, and never one too few.
 */
export async function writeServing(
  folder: string,
  serving: readonly RevisionDescription[],
  standby: readonly RevisionDescription[],
): Promise<void> {
  await writeRecord(join(folder, standbyFile), standby.map(recordOf));
  await writeRecord(join(folder, servingFile), serving.map(recordOf));
}

function recordOf({ configuration: _madeAnew, ...revision }: RevisionDescription): ServingRecord {
  return { ...revision };
}
