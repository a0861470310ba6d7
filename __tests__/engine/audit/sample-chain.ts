import { chainEvent, genesisHash, type HashedEntry } from '../../../engine/audit/hash-chain.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';

/** A chain as a promotion writes it; each entry's data is its number. */
export function sampleChain(promotionId: string, length: number): readonly HashedEntry[] {
  return rechained(
    promotionId,
    Array.from({ length }, (_, index) => ({
      seq: index + 1,
      at: new Date(1_700_000_000_000 + index * 1_000),
      type: 'step-finished',
      actor: engineActor,
      data: { number: index + 1 },
      previousHash: '',
      hash: '',
    })),
  );
}

/** The entries numbered, linked and hashed anew from a position on, as somebody who owns the database could do it. */
export function rechained(promotionId: string, entries: readonly HashedEntry[], from = 0): readonly HashedEntry[] {
  let previousHash = from === 0 ? genesisHash : (entries[from - 1]?.hash ?? genesisHash);
  return entries.map((entry, index) => {
    if (index < from) {
      return entry;
    }
    const linked = { ...entry, seq: index + 1, previousHash };
    previousHash = chainEvent({ ...linked, promotionId });
    return { ...linked, hash: previousHash };
  });
}

/** The entry at an index; a test that asks for one that is not there is wrong. */
export function entryAt(chain: readonly HashedEntry[], index: number): HashedEntry {
  const entry = chain[index];
  if (entry === undefined) {
    throw new RangeError(`the chain has no entry at ${String(index)}`);
  }
  return entry;
}
