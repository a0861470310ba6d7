import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { isSystemError } from '../../engine/storage/system-error.ts';
import type { LocalFolders } from './local-folders.ts';

const localRecordSchema = z.object({
  /** The rules file that local mode was started with. */
  rulesFile: z.string(),
  /** The application of the rules that local mode runs; absent in records of older versions. */
  application: z.string().optional(),
  /** Where the database-migration function answers. */
  functionUrl: z.string(),
  /** Where the UI answers; absent until that is known, and empty where it does not. */
  uiUrl: z.string().optional(),
  /** The process that holds everything. */
  pid: z.int().positive(),
});
export type LocalRecord = z.infer<typeof localRecordSchema>;

/** What runs here, or undefined when local mode was never started in this folder. */
export async function readLocalRecord(folders: LocalFolders): Promise<LocalRecord | undefined> {
  let text: string;
  try {
    text = await readFile(folders.record, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
  return localRecordSchema.parse(JSON.parse(text));
}

export async function writeLocalRecord(folders: LocalFolders, record: LocalRecord): Promise<void> {
  const temporary = `${folders.record}.${String(process.pid)}`;
  await writeFile(temporary, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  await rename(temporary, folders.record);
}
