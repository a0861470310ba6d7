import { createHash, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { signDocument, verifyDocument, type SignatureVerdict } from './signed-document.ts';

/** How far one chain has come: its newest entry. */
export const headEntrySchema = z.strictObject({
  promotionId: z.string().min(1),
  seq: z.int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A head as it is kept: how far each of some chains had come at a time, signed. */
export const signedHeadSchema = z.strictObject({
  at: z.iso.datetime(),
  entries: z.array(headEntrySchema),
  keyId: z.string().min(1),
  /** Ed25519 over the canonical JSON of the other members, base64. */
  signature: z.base64(),
});
export type SignedHead = Readonly<z.infer<typeof signedHeadSchema>>;

export type HeadEntry = Readonly<z.infer<typeof headEntrySchema>>;

/** What signatures are checked with. */
export interface AuditVerificationKey {
  /** Of the public key, so that nobody can give a key another's id. */
  readonly keyId: string;
  readonly publicKey: KeyObject;
}

export interface AuditKey extends AuditVerificationKey {
  readonly privateKey: KeyObject;
}

/** The first 16 hexadecimal digits of the SHA-256 of a public key in DER. */
export function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}

export function signHead(
  { at, entries }: { readonly at: Date; readonly entries: readonly HeadEntry[] },
  key: AuditKey,
): SignedHead {
  return signDocument({ at: at.toISOString(), entries: entries.map(plainEntry) }, key);
}

/** Nothing but what is signed. */
export function plainEntry({ promotionId, seq, hash }: HeadEntry): HeadEntry {
  return { promotionId, seq, hash };
}

export type HeadVerdict = SignatureVerdict;

export function verifyHead(head: SignedHead, keys: readonly AuditVerificationKey[]): HeadVerdict {
  return verifyDocument(head, keys);
}
