import type { AuditFinding } from './audit-finding.ts';
import { rangeOf, verifyChain, type HashedEntry } from './hash-chain.ts';
import type { HeadStore } from './head-store.ts';
import { readHeads, type SignedChain, type SignedTrail, type Vouching } from './read-heads.ts';
import type { AuditVerificationKey } from './signed-heads.ts';

export type { AuditFinding } from './audit-finding.ts';

/** A promotion's entries in the order in which they are stored. */
export interface AuditChain {
  readonly promotionId: string;
  readonly events: readonly HashedEntry[];
}

export interface AuditReport {
  /** Empty when the trail is whole; of each chain, the first wrong entry first. */
  readonly findings: readonly AuditFinding[];
  readonly chains: number;
  readonly entries: number;
  /** How many chains are gone because their time was over, as signed checkpoints say. */
  readonly pruned: number;
  /** The time of the newest genuine head; undefined when there is none. */
  readonly signedUpTo: Date | undefined;
}

export interface AuditScope {
  /** What else is known to have been signed. */
  readonly vouched?: readonly Vouching[];
  /** Which chains there must be, of those that were signed. Default: all that no checkpoint says were removed. */
  readonly isExpected?: (promotionId: string) => boolean;
}

const noHeads: SignedChain = new Map();

/**
 * Checks every chain against itself and against what was signed outside the database. Together they find any entry that
 * a head covers and that was edited, removed, inserted, moved, cut off or computed anew, whoever owns the database.
 * @param chains every promotion; read once, one chain in memory at a time.
 * @param keys all keys that heads were ever signed with; a head of another key is a finding and proves nothing.
 */
export async function verifyAudit(
  chains: AsyncIterable<AuditChain> | Iterable<AuditChain>,
  heads: Pick<HeadStore, 'readAll'>,
  keys: readonly AuditVerificationKey[],
  { vouched = [], isExpected = () => true }: AuditScope = {},
): Promise<AuditReport> {
  // Heads first: a chain that grows meanwhile then has more than was signed, never less.
  const trail = await readHeads(heads, keys, vouched);
  const { signed, signedUpTo } = trail;
  const findings = [...trail.findings];
  const seen = new Set<string>();
  let entries = 0;
  for await (const { promotionId, events } of chains) {
    if (seen.has(promotionId)) {
      findings.push({ promotionId, problem: 'the promotion is stored twice' });
    }
    seen.add(promotionId);
    entries += events.length;
    findings.push(...findingsOf(promotionId, events, signed.get(promotionId) ?? noHeads));
  }
  const absent = [...signed.keys()].filter((promotionId) => !seen.has(promotionId));
  const isUnexplained = absent.some((promotionId) => !trail.pruned.has(promotionId));
  // One that was pruned since the heads were read has its checkpoint by now.
  const { pruned } = isUnexplained ? await readHeads(heads, keys, vouched) : trail;
  findings.push(...absent.filter(isExpected).flatMap((promotionId) => absentFindings(promotionId, { signed, pruned })));
  const prunedCount = absent.filter((promotionId) => pruned.has(promotionId)).length;
  return { findings, chains: seen.size, entries, pruned: prunedCount, signedUpTo };
}

/** A chain that is not there must have been removed behind a checkpoint that knew all of it. */
function absentFindings(
  promotionId: string,
  { signed, pruned }: Pick<SignedTrail, 'signed' | 'pruned'>,
): readonly AuditFinding[] {
  const { seq, at } = newest(signed.get(promotionId) ?? noHeads);
  const removal = pruned.get(promotionId);
  if (removal === undefined) {
    const problem = `the promotion is missing altogether; a head signed at ${at} has ${String(seq)} entries of it`;
    return [{ promotionId, problem }];
  }
  if (removal.seq >= seq) return [];
  const problem = `the promotion was pruned at ${removal.at} with ${String(removal.seq)} entries, but a head signed at ${at} has ${String(seq)} of it`;
  return [{ promotionId, problem }];
}

function findingsOf(promotionId: string, events: readonly HashedEntry[], signed: SignedChain): readonly AuditFinding[] {
  const findings = [...verifyChain(promotionId, events), ...rewritten(promotionId, events, signed)];
  const last = events.reduce((highest, { seq }) => Math.max(highest, seq), 0);
  if (signed.size > 0 && newest(signed).seq > last) {
    const { seq, at } = newest(signed);
    const problem = `${rangeOf(last + 1, seq)} missing; a head signed at ${at} has ${String(seq)}`;
    findings.push({ promotionId, seq: last + 1, problem });
  }
  const sorted = findings.toSorted((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
  return [...sorted, ...unproved(promotionId, events, signed, sorted[0]?.seq)];
}

/** Says of the entries before the first wrong one which no head vouches for any more. */
function unproved(
  promotionId: string,
  events: readonly HashedEntry[],
  signed: SignedChain,
  firstWrong: number | undefined,
): readonly AuditFinding[] {
  if (firstWrong === undefined || signed.size === 0) {
    return [];
  }
  const proved = events
    .filter(({ seq, hash }) => seq < firstWrong && signed.get(seq)?.hash === hash)
    .reduce((highest, { seq }) => Math.max(highest, seq), 0);
  const [first, last] = [proved + 1, firstWrong - 1];
  if (first > last) {
    return [];
  }
  const problem = `${rangeOf(first, last)} no longer proved: the head that vouched for them does not hold any more`;
  return [{ promotionId, seq: first, problem }];
}

/** Each signed entry that is there with another hash; the change lies behind the last signed entry that is as it was. */
function rewritten(promotionId: string, events: readonly HashedEntry[], signed: SignedChain): readonly AuditFinding[] {
  const hashes = new Map<number, Set<string>>();
  for (const { seq, hash } of events) {
    hashes.set(seq, (hashes.get(seq) ?? new Set()).add(hash));
  }
  let intact = 0;
  for (const [seq, { hash, at }] of [...signed].toSorted(([a], [b]) => a - b)) {
    const stored = hashes.get(seq);
    if (stored === undefined) {
      continue;
    }
    if (!stored.has(hash)) {
      const first = intact + 1;
      const where =
        first === seq ? `entry ${String(seq)} was` : `one or more of entries ${String(first)} to ${String(seq)} were`;
      const problem = `${where} rewritten: entry ${String(seq)} is not what was signed at ${at}`;
      return [{ promotionId, seq: first, problem }];
    }
    intact = seq;
  }
  return [];
}

function newest(chain: SignedChain): { readonly seq: number; readonly at: string } {
  const seq = chain.keys().reduce((highest, each) => Math.max(highest, each), 0);
  return { seq, at: chain.get(seq)?.at ?? '' };
}
