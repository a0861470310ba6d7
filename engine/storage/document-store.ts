import type { Effect } from '../workflow/fence.ts';

/** Where backups and reports are kept: folder, bucket. Documents may hold configuration, so they are private. */
export interface DocumentStore {
  /**
   * Writes or replaces a document.
   * @param folder names separated by `/`; each, and the document's: letters, digits, `-`, `_`, `.`
   * @throws StaleFenceError
   */
  write(folder: string, name: string, content: string, effect: Effect): Promise<{ readonly location: string }>;
  /** Takes a folder's fence without writing anything, so that whoever held it before can write no more. @throws StaleFenceError */
  fence(folder: string, effect: Effect): Promise<void>;
  /**
   * Finds out whether documents could be written into a folder, or, without one, at all. Changes nothing.
   * @returns the space that is left, where that can be told.
   */
  reach(folder: string | undefined, signal: AbortSignal): Promise<{ readonly freeBytes: number | undefined }>;
  /** The folders directly below one, each with when it was changed last; none when there is no such folder. */
  folders(folder: string, signal: AbortSignal): Promise<readonly { readonly name: string; readonly changedAt: Date }[]>;
  /** Removes a folder with every document in it, for good; one that is gone already is gone. */
  remove(folder: string, signal: AbortSignal): Promise<void>;
  /** Removes one document for good; one that is gone already is gone. When its folder was changed last stays as it is. */
  removeDocument(folder: string, name: string, signal: AbortSignal): Promise<void>;
  read(folder: string, name: string, signal: AbortSignal): Promise<string | undefined>;
}
