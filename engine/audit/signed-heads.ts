import { createHash, sign, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';

const entrySchema = z.strictObject({
  promotionId: z.string().min(1),
  seq: z.int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A head as it is kept: how far each of some chains had come at a time, signed. */
export const signedHeadSchema = z.strictObject({
  at: z.iso.datetime(),
  entries: z.array(entrySchema),
  keyId: z.string().min(1),
  /** Ed25519 over the canonical JSON of the other members, base64. */
  signature: z.base64(),
});
export type SignedHead = Readonly<z.infer<typeof signedHeadSchema>>;

/** How far one chain has come: its newest entry. */
export type HeadEntry = Readonly<z.infer<typeof entrySchema>>;

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
  head: { readonly at: Date; readonly entries: readonly HeadEntry[] },
  key: AuditKey,
): SignedHead {
  const unsigned = {
    at: head.at.toISOString(),
    entries: head.entries.map(({ promotionId, seq, hash }) => ({ promotionId, seq, hash })),
    keyId: key.keyId,
  };
  const signature = sign(null, Buffer.from(canonicalJson(unsigned)), key.privateKey).toString('base64');
  return { ...unsigned, signature };
}

export type HeadVerdict = 'genuine' | 'unknown key' | 'bad signature';

export function verifyHead(head: SignedHead, keys: readonly AuditVerificationKey[]): HeadVerdict {
  const key = keys.find(({ keyId }) => keyId === head.keyId);
  if (key === undefined) {
    return 'unknown key';
  }
  const { at, entries, keyId, signature } = head;
  const text = Buffer.from(canonicalJson({ at, entries, keyId }));
  return verify(null, text, key.publicKey, Buffer.from(signature, 'base64')) ? 'genuine' : 'bad signature';
}
