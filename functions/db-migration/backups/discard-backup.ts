import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DiscardRequest, DiscardResponse } from '../../../engine/contract/database-function-api.ts';
import type { CallContext } from '../context.ts';
import { FunctionError } from '../function-error.ts';
import { readManifest, requireBackupsFolder } from './backup-folder.ts';

/**
 * Removes a backup that is not kept any longer. It disappears at once; a process that dies meanwhile leaves files that
 * nobody takes for a backup.
 */
export async function discardBackup(context: CallContext, request: DiscardRequest): Promise<DiscardResponse> {
  const folder = requireBackupsFolder(context.backupsFolder);
  const manifest = await readManifest(folder, request.backupId);
  if (manifest === undefined) return { discarded: false };
  if (manifest.database !== request.database) {
    throw new FunctionError(
      'backup-refused',
      `Backup ${manifest.id} is of database "${manifest.database}", not of "${request.database}".`,
    );
  }
  const gone = path.join(folder, `.partial-${manifest.id}`);
  await rm(gone, { recursive: true, force: true });
  await rename(path.join(folder, manifest.id), gone);
  await rm(gone, { recursive: true, force: true });
  return { discarded: true };
}
