import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { ImageSignature } from '../../../../engine/artifacts/signatures/image-signature.ts';
import { parsePublicKey, type SigningKey } from '../../../../engine/artifacts/signatures/public-keys.ts';
import { preAuthenticationEncoding } from '../../../../engine/artifacts/signatures/sigstore-bundle.ts';

/** A pair of keys as a team has it. */
export interface SigningPair {
  readonly privateKey: KeyObject;
  readonly publicPem: string;
  readonly key: SigningKey;
}

export function signingPair(name: string, kind: 'p256' | 'ed25519' = 'p256'): SigningPair {
  const { privateKey, publicKey } =
    kind === 'p256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  return { privateKey, publicPem, key: parsePublicKey(name, publicPem) };
}

export function signatureOver(message: Uint8Array, { privateKey, key }: SigningPair): string {
  return sign(key.algorithm === 'ed25519' ? null : 'sha256', message, privateKey).toString('base64');
}

/** What cosign signs, with what a test wants else in it. */
export function payloadFor(digest: string, type = 'cosign container image signature'): Buffer {
  const critical = { identity: { 'docker-reference': '' }, image: { 'docker-manifest-digest': digest }, type };
  return Buffer.from(JSON.stringify({ critical, optional: null }));
}

export function simpleSignature(payload: Uint8Array, signer: SigningPair): ImageSignature {
  return { kind: 'simple-signing', foundAt: 'tag', payload, signature: signatureOver(payload, signer) };
}

export function statementFor(digest: string, predicateType = 'https://sigstore.dev/cosign/sign/v1'): Buffer {
  const subject = [{ digest: { sha256: digest.slice('sha256:'.length) } }];
  return Buffer.from(
    JSON.stringify({ _type: 'https://in-toto.io/Statement/v1', subject, predicateType, predicate: {} }),
  );
}

/** @param more stands beside, or in place of, what a bundle has. */
export function bundleOf(statement: Uint8Array, signer: SigningPair, more: object = {}): ImageSignature {
  const sig = signatureOver(preAuthenticationEncoding(statement), signer);
  const bundle = {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { publicKey: { hint: '' }, tlogEntries: [] },
    dsseEnvelope: {
      payload: Buffer.from(statement).toString('base64'),
      payloadType: 'application/vnd.in-toto+json',
      signatures: [{ sig, keyid: '' }],
    },
    ...more,
  };
  return { kind: 'bundle', foundAt: 'referrer', content: Buffer.from(JSON.stringify(bundle)) };
}
