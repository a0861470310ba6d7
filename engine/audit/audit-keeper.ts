import type { Checkpoint } from './checkpoint.ts';

/** Whoever holds the audit key: signs, outside the database, how far chains have come and which were removed. */
export interface AuditKeeper {
  /** Signs every chain that has grown since it was last signed. */
  sign(): Promise<void>;
  /** Returns when it is kept for good that these chains are removed; only then may they be. */
  checkpoint(checkpoint: Omit<Checkpoint, 'at'>): Promise<void>;
}
