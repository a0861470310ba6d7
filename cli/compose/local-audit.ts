import type { AuditFinding } from '../../engine/audit/audit-finding.ts';
import type { AuditKeeper } from '../../engine/audit/audit-keeper.ts';
import { AuditKeyError, loadAuditKey, loadOrCreateAuditKey } from '../../engine/audit/audit-key.ts';
import { signCheckpoint, type Checkpoint } from '../../engine/audit/checkpoint.ts';
import { auditExportLines, type AuditExport } from '../../engine/audit/export-lines.ts';
import { FolderHeadStore } from '../../engine/audit/folder-head-store.ts';
import { signedHeadSchema, signHead, type AuditKey } from '../../engine/audit/signed-heads.ts';
import { verifyAudit, type AuditReport } from '../../engine/audit/verify-audit.ts';
import type { ServiceStore, StoredChain } from '../../engine/store/service-store.ts';
import type { Clock } from '../../engine/workflow/clock.ts';
import type { LocalFolders } from './local-folders.ts';

const batchSize = 500;

/** Signs how far every chain has come, outside the database, and checks the chains against what was signed. */
export class LocalAudit implements AuditKeeper {
  readonly #folders: LocalFolders;
  readonly #store: ServiceStore;
  readonly #clock: Clock;
  readonly #heads: FolderHeadStore;

  constructor(folders: LocalFolders, store: ServiceStore, clock: Clock) {
    this.#folders = folders;
    this.#store = store;
    this.#clock = clock;
    this.#heads = new FolderHeadStore(folders.auditHeads);
  }

  /** @throws AuditKeyError when heads were signed before and their key has gone: another key would hide that. */
  async sign(): Promise<void> {
    for (;;) {
      const entries = await this.#store.unsignedHeads(batchSize);
      if (entries.length === 0) return;
      const key = await this.#key();
      const at = this.#clock.now();
      await this.#heads.append(signHead({ at, entries }, key));
      await this.#store.markSigned(entries, at);
      if (entries.length < batchSize) return;
    }
  }

  async checkpoint(checkpoint: Omit<Checkpoint, 'at'>): Promise<void> {
    await this.#heads.append(signCheckpoint({ ...checkpoint, at: this.#clock.now() }, await this.#key()));
  }

  /** The lines of a signed export; every chain in it is signed up to now first. @throws AuditKeyError */
  async *export(extract: Omit<AuditExport, 'heads' | 'key'>): AsyncGenerator<string, void, undefined> {
    await this.sign();
    yield* auditExportLines({ ...extract, heads: this.#heads, key: await this.#key() });
  }

  /** Reads only. @throws AuditKeyError when there are heads and no key to check them with. */
  async verify(chains: AsyncIterable<StoredChain>): Promise<AuditReport> {
    const signed = await this.#signedSeqs();
    const key = await loadAuditKey(this.#folders.auditKey);
    if (key === undefined && signed.size > 0) throw this.#keyIsMissing();
    const remembered = await this.#store.signedSeqs();
    const report = await verifyAudit(chains, this.#heads, key === undefined ? [] : [key]);
    return { ...report, findings: [...report.findings, ...missingHeads(remembered, signed)] };
  }

  /** How far each chain was signed, as the heads say, genuine or not. */
  async #signedSeqs(): Promise<ReadonlyMap<string, number>> {
    const seqs = new Map<string, number>();
    for await (const { content } of this.#heads.readAll()) {
      const head = signedHeadSchema.safeParse(content);
      if (!head.success) continue;
      for (const { promotionId, seq } of head.data.entries) {
        seqs.set(promotionId, Math.max(seq, seqs.get(promotionId) ?? 0));
      }
    }
    return seqs;
  }

  /** Made on first use. */
  async #key(): Promise<AuditKey> {
    const known = await loadAuditKey(this.#folders.auditKey);
    if (known === undefined && (await this.#signedSeqs()).size > 0) throw this.#keyIsMissing();
    return known ?? loadOrCreateAuditKey(this.#folders.auditKey);
  }

  #keyIsMissing(): AuditKeyError {
    return new AuditKeyError(
      `${this.#folders.auditKey} is missing, and heads were signed with it. Put the file back from a copy; without it nothing can be verified.`,
    );
  }
}

/** The database remembers that it was signed; heads that nobody removed would say so too. */
function missingHeads(
  remembered: ReadonlyMap<string, number>,
  signed: ReadonlyMap<string, number>,
): readonly AuditFinding[] {
  return [...remembered].flatMap(([promotionId, seq]) => {
    const covered = signed.get(promotionId) ?? 0;
    if (covered >= seq) return [];
    return [
      { promotionId, seq, problem: `was signed up to entry ${String(seq)}, but no head says so: heads were removed` },
    ];
  });
}
