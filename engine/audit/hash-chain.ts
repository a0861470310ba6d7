import { createHash } from 'node:crypto';
import type { JsonObject } from '../json.ts';
import type { Actor } from '../workflow/actor.ts';
import type { AuditFinding } from './audit-finding.ts';
import { canonicalJson } from './canonical-json.ts';

/** What the first entry of every chain follows. */
export const genesisHash = '0'.repeat(64);

/** What a chain's hash covers: everything an entry says, and the entry before it. */
export interface ChainEntry {
  readonly promotionId: string;
  /** From 1, without gaps. */
  readonly seq: number;
  /** To the millisecond. */
  readonly at: Date;
  readonly type: string;
  readonly actor: Actor;
  readonly data: JsonObject;
  readonly previousHash: string;
}

/** An entry with its hash, as it is stored with its promotion. */
export type HashedEntry = Omit<ChainEntry, 'promotionId'> & {
  readonly hash: string;
  /** Set when the store holds a finer time than a millisecond, which no engine writes and no hash covers. */
  readonly hasFinerTime?: true;
};

/**
 * SHA-256, hexadecimal, over the canonical JSON of an entry and its predecessor's hash.
 * @throws TypeError when the entry holds what JSON cannot carry.
 */
export function chainEvent(entry: ChainEntry): string {
  const { promotionId, seq, at, type, actor, data, previousHash } = entry;
  const text = canonicalJson({ promotionId, seq, at: at.toISOString(), type, actor: { ...actor }, data, previousHash });
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Checks a chain against itself: that entries are numbered 1, 2, 3, …, that each follows the hash of the one before,
 * that each hash is that of its content, and that it covers all of it. A chain that was cut at its end, or computed anew from some entry on, is in
 * itself whole; only signed heads can tell.
 * @returns what is wrong, the first wrong entry first.
 */
export function verifyChain(promotionId: string, entries: readonly HashedEntry[]): readonly AuditFinding[] {
  const findings: AuditFinding[] = [];
  let previous: { readonly seq: number; readonly hash: string } = { seq: 0, hash: genesisHash };
  for (const entry of entries) {
    const { seq } = entry;
    const expected = previous.seq + 1;
    if (seq > expected) {
      findings.push({ promotionId, seq: expected, problem: `${rangeOf(expected, seq - 1)} missing` });
    } else if (seq < expected) {
      findings.push({
        promotionId,
        seq,
        problem: `entry ${String(seq)} stands behind entry ${String(previous.seq)}: entries were inserted or reordered`,
      });
    }
    if (hashOf(promotionId, entry) !== entry.hash) {
      findings.push({
        promotionId,
        seq,
        problem: `entry ${String(seq)} was edited: its hash is not that of its content`,
      });
    }
    if (entry.hasFinerTime === true) {
      findings.push({
        promotionId,
        seq,
        problem: `entry ${String(seq)} was edited: its time is stored finer than a millisecond, which its hash does not cover`,
      });
    }
    if (seq === expected && entry.previousHash !== previous.hash) {
      const before =
        previous.seq === 0 ? 'the beginning of the chain' : `entry ${String(previous.seq)} as it is stored`;
      findings.push({ promotionId, seq, problem: `entry ${String(seq)} does not follow ${before}` });
    }
    previous = { seq, hash: entry.hash };
  }
  return findings;
}

/** `entry 4 is` or `entries 4 to 6 are`. */
export function rangeOf(first: number, last: number): string {
  return first === last ? `entry ${String(first)} is` : `entries ${String(first)} to ${String(last)} are`;
}

/** undefined when the entry cannot have been made by `chainEvent`. */
function hashOf(promotionId: string, entry: HashedEntry): string | undefined {
  try {
    return chainEvent({ ...entry, promotionId });
  } catch (error) {
    // An edited entry may hold what has no canonical form, or a date that is none.
    if (error instanceof TypeError || error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}
