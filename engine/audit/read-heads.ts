import type { AuditFinding } from './audit-finding.ts';
import { checkpointSchema, verifyCheckpoint } from './checkpoint.ts';
import type { HeadStore } from './head-store.ts';
import {
  signedHeadSchema,
  verifyHead,
  type AuditVerificationKey,
  type HeadEntry,
  type HeadVerdict,
} from './signed-heads.ts';

/** What was signed about one chain: hash by entry, and when it was signed. */
export type SignedChain = ReadonlyMap<number, { readonly hash: string; readonly at: string }>;

/** A chain that was removed because its time was over. */
export interface PrunedChain {
  readonly seq: number;
  readonly at: string;
}

/** Everything that genuine heads and checkpoints say. */
export interface SignedTrail {
  readonly signed: ReadonlyMap<string, SignedChain>;
  readonly pruned: ReadonlyMap<string, PrunedChain>;
  readonly signedUpTo: Date | undefined;
  readonly findings: readonly AuditFinding[];
}

/** Something else that is known to have been signed, such as what an export says that it holds. */
export interface Vouching {
  readonly at: string;
  readonly entries: readonly HeadEntry[];
}

/** Reads what is kept outside the database; what is damaged, or not signed by one of the keys, is a finding and proves nothing. */
export async function readHeads(
  heads: Pick<HeadStore, 'readAll'>,
  keys: readonly AuditVerificationKey[],
  vouched: readonly Vouching[] = [],
): Promise<SignedTrail> {
  const trail = new TrailReader();
  for await (const { name, content } of heads.readAll()) {
    const head = signedHeadSchema.safeParse(content);
    const checkpoint = head.success ? undefined : checkpointSchema.safeParse(content);
    if (head.success) {
      if (trail.accepts(name, head.data, verifyHead(head.data, keys))) trail.sign(head.data.at, head.data.entries);
    } else if (checkpoint?.success === true) {
      const { data } = checkpoint;
      if (trail.accepts(name, data, verifyCheckpoint(data, keys))) trail.prune(data.at, data.chains);
    } else {
      trail.find({ promotionId: '*', problem: `the head ${name} cannot be read: it was damaged or is none` });
    }
  }
  // Behind the heads: what was signed first is what stands.
  for (const { at, entries } of vouched) trail.sign(at, entries);
  return trail;
}

class TrailReader implements SignedTrail {
  readonly signed = new Map<string, Map<number, { readonly hash: string; readonly at: string }>>();
  readonly pruned = new Map<string, PrunedChain>();
  readonly findings: AuditFinding[] = [];
  signedUpTo: Date | undefined;

  find(finding: AuditFinding): void {
    this.findings.push(finding);
  }

  accepts(name: string, { at, keyId }: { readonly at: string; readonly keyId: string }, verdict: HeadVerdict): boolean {
    if (verdict === 'genuine') {
      const date = new Date(at);
      this.signedUpTo = this.signedUpTo === undefined || date > this.signedUpTo ? date : this.signedUpTo;
      return true;
    }
    const key = verdict === 'unknown key' ? `the unknown key ${keyId}` : `a signature that is not ${keyId}’s`;
    this.find({ promotionId: '*', problem: `the head ${name}, dated ${at}, has ${key}` });
    return false;
  }

  sign(at: string, entries: readonly HeadEntry[]): void {
    for (const { promotionId, seq, hash } of entries) {
      const chain = this.signed.get(promotionId) ?? new Map<number, { hash: string; at: string }>();
      this.signed.set(promotionId, chain);
      const earlier = chain.get(seq);
      if (earlier !== undefined && earlier.hash !== hash) {
        const problem = `entry ${String(seq)} was signed twice with different content, at ${earlier.at} and at ${at}`;
        this.find({ promotionId, seq, problem });
      }
      chain.set(seq, earlier ?? { hash, at });
    }
  }

  /** A checkpoint vouches for the newest entry too: one that was rewritten before it was pruned is found by that. */
  prune(at: string, chains: readonly HeadEntry[]): void {
    this.sign(at, chains);
    for (const { promotionId, seq } of chains) this.pruned.set(promotionId, { seq, at });
  }
}
