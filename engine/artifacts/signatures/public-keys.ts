import { createPublicKey, verify, type KeyObject } from 'node:crypto';

/** A key that signatures are verified with, and what people call it. */
export interface SigningKey {
  readonly name: string;
  readonly key: KeyObject;
  readonly algorithm: 'ecdsa-p256' | 'ed25519';
}

/** What should be a public key is none, or one that signatures are not verified with here. */
export class PublicKeyError extends Error {
  override readonly name = 'PublicKeyError';
}

/** @throws PublicKeyError; the message repeats nothing of what the text holds. */
export function parsePublicKey(name: string, pem: string): SigningKey {
  if (/PRIVATE KEY/.test(pem)) {
    throw new PublicKeyError(`the key ${name} is a private key; give the public one, and think about a new pair`);
  }
  if (!/^\s*-----BEGIN PUBLIC KEY-----\s/.test(pem)) {
    throw new PublicKeyError(`the key ${name} is no public key in PEM (-----BEGIN PUBLIC KEY-----)`);
  }
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch {
    throw new PublicKeyError(`the key ${name} is damaged: it cannot be read as a public key`);
  }
  const kind = key.asymmetricKeyType;
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (kind === 'ed25519') return { name, key, algorithm: 'ed25519' };
  if (kind === 'ec' && curve === 'prime256v1') return { name, key, algorithm: 'ecdsa-p256' };
  const found =
    kind === 'ec' ? `an elliptic-curve key on ${curve ?? 'an unknown curve'}` : `a key of type ${String(kind)}`;
  throw new PublicKeyError(`the key ${name} is ${found}; ECDSA on P-256 and Ed25519 are verified`);
}

/** Whether the key has made a signature over exactly these bytes. */
export function hasSigned({ key, algorithm }: SigningKey, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    switch (algorithm) {
      case 'ecdsa-p256':
        return verify('sha256', message, { key, dsaEncoding: 'der' }, signature);
      case 'ed25519':
        return verify(null, message, key, signature);
    }
  } catch {
    // A signature that is none at all is one that this key has not made.
    return false;
  }
}
