import { z } from 'zod';
import { signDocument, verifyDocument, type SignatureVerdict } from './signed-document.ts';
import {
  headEntrySchema,
  plainEntry,
  type AuditKey,
  type AuditVerificationKey,
  type HeadEntry,
} from './signed-heads.ts';

/**
 * Says of whole chains that they were removed because their time was over, with the newest entry of each. It is kept with
 * the heads; a chain that is missing without one was removed by somebody's hand.
 */
export const checkpointSchema = z.strictObject({
  kind: z.literal('pruned'),
  at: z.iso.datetime(),
  /** Their promotions had ended before this. */
  endedBefore: z.iso.datetime(),
  chains: z.array(headEntrySchema),
  keyId: z.string().min(1),
  /** Ed25519 over the canonical JSON of the other members, base64. */
  signature: z.base64(),
});
export type SignedCheckpoint = Readonly<z.infer<typeof checkpointSchema>>;

export interface Checkpoint {
  readonly at: Date;
  readonly endedBefore: Date;
  readonly chains: readonly HeadEntry[];
}

export function signCheckpoint({ at, endedBefore, chains }: Checkpoint, key: AuditKey): SignedCheckpoint {
  return signDocument(
    {
      kind: 'pruned' as const,
      at: at.toISOString(),
      endedBefore: endedBefore.toISOString(),
      chains: chains.map(plainEntry),
    },
    key,
  );
}

export function verifyCheckpoint(
  checkpoint: SignedCheckpoint,
  keys: readonly AuditVerificationKey[],
): SignatureVerdict {
  return verifyDocument(checkpoint, keys);
}
