import { z } from 'zod';
import { appliedMigrationsSchema } from '../control/applied-migration.ts';

const fileSchema = z.strictObject({
  /** Relative to the backup's folder. */
  path: z.string().regex(/^(pre-data\.sql|post-data\.sql|data\/[0-9]+\.copy)$/),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const tableSchema = z.strictObject({
  schema: z.string(),
  name: z.string(),
  /** In the order of the file's columns; generated columns are not copied. */
  columns: z.array(z.string()),
  rows: z.int().nonnegative(),
  file: fileSchema,
});

const sequenceSchema = z.strictObject({
  schema: z.string(),
  name: z.string(),
  /** Decimal, because it may exceed what a number holds exactly. */
  lastValue: z.string().regex(/^-?[0-9]+$/),
  isCalled: z.boolean(),
});

/** What a backup's folder holds; written last, so a folder without it is not a backup. */
export const manifestSchema = z.strictObject({
  formatVersion: z.literal(1),
  id: z.string(),
  database: z.string(),
  takenAt: z.iso.datetime(),
  serverVersion: z.string(),
  schemaVersion: z.int().nonnegative(),
  schemas: z.array(z.string()),
  extensions: z.array(z.string()),
  preData: fileSchema,
  postData: fileSchema,
  tables: z.array(tableSchema),
  sequences: z.array(sequenceSchema),
  migrations: appliedMigrationsSchema,
});
export type Manifest = z.infer<typeof manifestSchema>;
export type BackupFile = z.infer<typeof fileSchema>;
export type BackupTable = z.infer<typeof tableSchema>;

export function filesOf(manifest: Manifest): readonly BackupFile[] {
  return [manifest.preData, manifest.postData, ...manifest.tables.map((table) => table.file)];
}
