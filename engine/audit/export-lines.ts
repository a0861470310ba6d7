import { createHash, randomUUID } from 'node:crypto';
import { signedDocumentChains } from './export-heads.ts';
import { isUnlimited, type ExportScope } from './export-format.ts';
import type { HashedEntry } from './hash-chain.ts';
import type { HeadStore } from './head-store.ts';
import { signDocument } from './signed-document.ts';
import type { AuditKey, HeadEntry } from './signed-heads.ts';

/** A chain, with whatever is told beside it. */
export interface ExportedChain {
  readonly promotionId: string;
  readonly events: readonly HashedEntry[];
  readonly compliance?: object | undefined;
}

export interface AuditExport {
  readonly at: Date;
  /** Who asked for it. */
  readonly by: string;
  readonly scope: ExportScope;
  /** Read once, one chain in memory at a time. */
  readonly chains: AsyncIterable<ExportedChain>;
  readonly heads: Pick<HeadStore, 'readAll'>;
  /** What is told of all chains together, asked when the last of them is written; undefined: nothing. */
  readonly summary: () => object | undefined;
  readonly key: AuditKey;
}

const manifestSize = 500;

/**
 * The audit trail as JSON Lines that can be verified without the engine: chains, what was signed about them, and at the end
 * a signature over all of it, so that nothing can be edited, removed, moved or cut off unseen. Of what was signed, an
 * export of a part holds what speaks of its chains.
 */
export async function* auditExportLines(asked: AuditExport): AsyncGenerator<string, void, undefined> {
  const { at, by, scope, chains, heads, summary, key } = asked;
  const exportId = randomUUID();
  const writer = new LineWriter();
  const held: HeadEntry[] = [];
  let entries = 0;
  yield writer.line({ kind: 'header', format: 1, exportId, at: at.toISOString(), by, scope });
  for await (const { promotionId, events, compliance } of chains) {
    for (const { seq, at: entryAt, type, actor, data, previousHash, hash } of events) {
      const entry = { promotionId, seq, at: entryAt.toISOString(), type, actor, data, previousHash, hash };
      yield writer.line({ kind: 'entry', ...entry });
    }
    entries += events.length;
    const last = events.at(-1);
    if (last !== undefined) held.push({ promotionId, seq: last.seq, hash: last.hash });
    if (compliance !== undefined) yield writer.line({ kind: 'compliance', ...compliance });
  }
  for (let from = 0; from < held.length; from += manifestSize) {
    const manifest = { exportId, at: at.toISOString(), chains: held.slice(from, from + manifestSize) };
    yield writer.line({ kind: 'manifest', ...signDocument(manifest, key) });
  }
  const isWhole = isUnlimited(scope);
  const ids = new Set(held.map(({ promotionId }) => promotionId));
  for await (const { name, content } of heads.readAll()) {
    if (!isWhole && signedDocumentChains(content)?.some((id) => ids.has(id)) === false) continue;
    yield writer.line({ kind: 'head', name, content: content ?? null });
  }
  const told = summary();
  if (told !== undefined) yield writer.line({ kind: 'summary', ...told });
  const { lines, sha256 } = writer;
  const end = signDocument({ exportId, lines, chains: held.length, entries, sha256 }, key);
  yield `${JSON.stringify({ kind: 'end', ...end })}\n`;
}

class LineWriter {
  readonly #hash = createHash('sha256');
  #lines = 0;

  line(document: object): string {
    const text = `${JSON.stringify(document)}\n`;
    this.#hash.update(text);
    this.#lines += 1;
    return text;
  }

  get lines(): number {
    return this.#lines;
  }

  /** Of everything so far. */
  get sha256(): string {
    return this.#hash.copy().digest('hex');
  }
}
