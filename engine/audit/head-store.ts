import type { SignedCheckpoint } from './checkpoint.ts';
import type { SignedHead } from './signed-heads.ts';

/** Something that lies where heads are kept; whether it is a head, and a genuine one, is for the reader to judge. */
export interface StoredHead {
  /** Where it lies, for messages. */
  readonly name: string;
  /** Its JSON, or undefined when it is none. */
  readonly content: unknown;
}

/**
 * Where signed heads are kept, outside the database they speak about: whoever can rewrite the one must not be able to
 * rewrite the other. Nothing in it is ever changed or removed.
 */
export interface HeadStore {
  /** Returns when the head, or the checkpoint behind which chains are removed, is kept for good. */
  append(head: SignedHead | SignedCheckpoint): Promise<void>;
  /** Everything that was appended, the oldest first. */
  readAll(): AsyncIterable<StoredHead>;
}
