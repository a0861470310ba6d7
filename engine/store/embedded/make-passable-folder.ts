import { chmod, chown, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { findServerAccount, type ServerAccount } from './server-account.ts';

/** What versions before this one gave folders that the server's user passes through: everybody could. */
const formerMode = 0o711;

/**
 * Makes a folder, and those above it that are missing, which nobody but their owner can look into. Where Postgres runs
 * as another user, because this one is root, that user alone may pass through to its data. A folder that is there
 * already keeps its permissions, but for those that a former version gave it.
 */
export async function makePassableFolder(path: string): Promise<void> {
  const folder = resolve(path);
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  const { mode, uid } = await stat(folder);
  const isFormer = (mode & 0o777) === formerMode && uid === process.getuid?.();
  if (first === undefined && !isFormer) return;
  const account = await findServerAccount();
  const made = first === undefined ? [folder] : foldersBetween(resolve(first), folder);
  for (const each of made) await admitServerAccount(each, account);
}

/** By its group, apart from its making, which the process's umask has a say in; others get nothing. */
export async function admitServerAccount(folder: string, account: ServerAccount | undefined): Promise<void> {
  if (account === undefined) {
    await chmod(folder, 0o700);
    return;
  }
  await chown(folder, process.getuid?.() ?? 0, account.identity.gid);
  await chmod(folder, 0o710);
}

function foldersBetween(first: string, last: string): readonly string[] {
  const folders = [last];
  while (folders[0] !== undefined && folders[0] !== first && folders[0] !== dirname(folders[0])) {
    folders.unshift(dirname(folders[0]));
  }
  return folders;
}
