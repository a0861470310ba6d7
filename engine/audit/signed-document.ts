import { sign, verify } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { AuditKey, AuditVerificationKey } from './signed-heads.ts';

export type SignatureVerdict = 'genuine' | 'unknown key' | 'bad signature';

export interface Signature {
  readonly keyId: string;
  /** Ed25519 over the canonical JSON of all other members, base64. */
  readonly signature: string;
}

export function signDocument<Content extends object>(content: Content, key: AuditKey): Content & Signature {
  const unsigned = { ...content, keyId: key.keyId };
  const signature = sign(null, Buffer.from(canonicalJson(unsigned)), key.privateKey).toString('base64');
  return { ...unsigned, signature };
}

export function verifyDocument(document: Signature, keys: readonly AuditVerificationKey[]): SignatureVerdict {
  const key = keys.find(({ keyId }) => keyId === document.keyId);
  if (key === undefined) return 'unknown key';
  const { signature, ...unsigned } = document;
  const isGenuine = verify(null, Buffer.from(canonicalJson(unsigned)), key.publicKey, Buffer.from(signature, 'base64'));
  return isGenuine ? 'genuine' : 'bad signature';
}
