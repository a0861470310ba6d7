import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { flagDefinitionSchema, releaseContentSchema } from '../../engine/release.ts';

const releaseManifestSchema = z.strictObject({
  description: z.string().min(1),
  /** The lowest schema version this release's code runs on. */
  minimumSchemaVersion: z.int().positive(),
  configuration: releaseContentSchema.shape.configuration,
  flags: z.array(flagDefinitionSchema),
});
export type ReleaseManifest = z.infer<typeof releaseManifestSchema>;

/** Reads a release's `release.json`. @throws when it is absent or not as it should be. */
export async function readReleaseManifest(file: string): Promise<ReleaseManifest> {
  return releaseManifestSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}
