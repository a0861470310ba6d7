import { loadOrCreateAuditKey } from '../../engine/audit/audit-key.ts';
import { FolderHeadStore } from '../../engine/audit/folder-head-store.ts';
import { signHead } from '../../engine/audit/signed-heads.ts';
import { verifyAudit, type AuditReport } from '../../engine/audit/verify-audit.ts';
import type { ServiceStore, StoredChain } from '../../engine/store/service-store.ts';
import type { Clock } from '../../engine/workflow/clock.ts';
import type { LocalFolders } from './local-folders.ts';

const batchSize = 500;

/** Signs how far every chain has come, outside the database, and checks the chains against what was signed. */
export class LocalAudit {
  readonly #folders: LocalFolders;
  readonly #store: ServiceStore;
  readonly #clock: Clock;

  constructor(folders: LocalFolders, store: ServiceStore, clock: Clock) {
    this.#folders = folders;
    this.#store = store;
    this.#clock = clock;
  }

  async sign(): Promise<void> {
    const entries = await this.#store.unsignedHeads(batchSize);
    if (entries.length === 0) return;
    const key = await loadOrCreateAuditKey(this.#folders.auditKey);
    const at = this.#clock.now();
    await new FolderHeadStore(this.#folders.auditHeads).append(signHead({ at, entries }, key));
    await this.#store.markSigned(entries, at);
  }

  async verify(chains: AsyncIterable<StoredChain>): Promise<AuditReport> {
    const key = await loadOrCreateAuditKey(this.#folders.auditKey);
    return verifyAudit(chains, new FolderHeadStore(this.#folders.auditHeads), [key]);
  }
}
