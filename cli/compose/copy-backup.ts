import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { keptBackUpFolder } from '../../engine/steps/back-up-folder.ts';
import type { PromotionRecord } from '../../engine/workflow/promotion.ts';
import type { LocalFolders } from './local-folders.ts';

const outputSchema = z.looseObject({ databaseBackup: z.string().nullish() });

/**
 * Copies what a promotion backed up of its target into a folder that is there and empty, readable for its owner alone.
 * @returns the names of the files, relative to the folder; none when nothing was backed up yet.
 */
export async function copyBackup(
  folders: LocalFolders,
  { id, steps }: Pick<PromotionRecord, 'id' | 'steps'>,
  destination: string,
): Promise<readonly string[]> {
  const step = steps.find(({ name }) => name === 'back-up');
  if (step?.output === undefined) return [];
  const { databaseBackup } = outputSchema.parse(step.output);
  const documents = await copyFiles(join(folders.documents, keptBackUpFolder({ steps }, id)), destination, '');
  if (databaseBackup === null || databaseBackup === undefined) return documents;
  const database = await copyFiles(join(folders.databaseBackups, databaseBackup), destination, 'database');
  return [...documents, ...database];
}

/** What begins with a dot is the store's own. */
async function copyFiles(source: string, root: string, below: string): Promise<readonly string[]> {
  await mkdir(join(root, below), { recursive: true, mode: 0o700 });
  const copied: string[] = [];
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const { name } = entry;
    if (name.startsWith('.')) continue;
    const path = join(below, name);
    if (entry.isDirectory()) copied.push(...(await copyFiles(join(source, name), root, path)));
    if (!entry.isFile()) continue;
    await copyFile(join(source, name), join(root, path), constants.COPYFILE_EXCL);
    await chmod(join(root, path), 0o600);
    copied.push(path);
  }
  return copied;
}
