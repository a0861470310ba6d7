import { createPublicKey, type KeyObject } from 'node:crypto';
import { AuditKeyError } from './audit-key.ts';
import { keyIdOf, type AuditVerificationKey } from './signed-heads.ts';

/** The public key as people hand it on: PEM. */
export function publicKeyPem({ publicKey }: AuditVerificationKey): string {
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

/** @throws AuditKeyError when the text is no Ed25519 public key in PEM. */
export function readPublicKey(pem: string, name: string): AuditVerificationKey {
  const publicKey = parsePem(pem);
  if (publicKey?.asymmetricKeyType !== 'ed25519') {
    throw new AuditKeyError(`${name} holds no Ed25519 public key in PEM; promote audit key shows the right one`);
  }
  return { keyId: keyIdOf(publicKey), publicKey };
}

function parsePem(pem: string): KeyObject | undefined {
  if (!pem.includes('PUBLIC KEY')) return undefined;
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}
