import type { Effect } from '../workflow/fence.ts';

/** Where backups and reports are kept: folder, bucket. Documents may hold configuration, so they are private. */
export interface DocumentStore {
  /** Writes or replaces a document. @param folder and name: letters, digits, `-`, `_`, `.` @throws StaleFenceError */
  write(folder: string, name: string, content: string, effect: Effect): Promise<{ readonly location: string }>;
  /** Takes a folder's fence without writing anything, so that whoever held it before can write no more. @throws StaleFenceError */
  fence(folder: string, effect: Effect): Promise<void>;
  read(folder: string, name: string, signal: AbortSignal): Promise<string | undefined>;
}
