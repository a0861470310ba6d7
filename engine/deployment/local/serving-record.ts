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

/** What served in an environment last: what a platform brings back first, whatever is desired by then. */
export async function readServing(folder: string): Promise<readonly ServingRecord[]> {
  return (await readRecord(join(folder, servingFile), z.array(servingSchema))) ?? [];
}

export async function writeServing(folder: string, revisions: readonly RevisionDescription[]): Promise<void> {
  const records = revisions.map(({ configuration: _madeAnew, ...revision }): ServingRecord => ({ ...revision }));
  await writeRecord(join(folder, servingFile), records);
}
