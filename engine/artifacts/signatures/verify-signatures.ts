import { z } from 'zod';
import { decodeBase64 } from './base64.ts';
import type { ImageSignature } from './image-signature.ts';
import { hasSigned, type SigningKey } from './public-keys.ts';
import { openBundle } from './sigstore-bundle.ts';

/** Whether an image is signed by one of the keys. */
export type SignatureVerdict =
  | { readonly kind: 'verified'; readonly by: string }
  /** There is nothing that claims to be a signature. */
  | { readonly kind: 'unsigned' }
  /** @property problems what is wrong with each signature, in words. */
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

type Finding = { readonly by: string } | { readonly problem: string };

/** Signatures are short: 72 bytes with ECDSA on P-256, 64 with Ed25519. */
const longestSignature = 200;

/** What cosign calls a signature of an image, by its older name and by its newer one. */
const signatureTypes: readonly string[] = ['cosign container image signature', 'https://sigstore.dev/cosign/sign/v1'];

const payloadSchema = z.looseObject({
  critical: z.looseObject({
    image: z.looseObject({ 'docker-manifest-digest': z.string() }),
    type: z.string(),
  }),
});

const statementSchema = z.looseObject({
  _type: z.string(),
  subject: z.array(z.looseObject({ digest: z.record(z.string(), z.string()) })).max(1000),
  predicateType: z.string(),
});

/**
 * Looks for one signature of the image that one of the keys has made. What is signed is read only after the signature
 * over it was verified, so that nothing is believed, or even parsed, that a stranger wrote.
 */
export function verifySignatures(
  digest: string,
  signatures: readonly ImageSignature[],
  keys: readonly SigningKey[],
): SignatureVerdict {
  if (signatures.length === 0) return { kind: 'unsigned' };
  const problems: string[] = [];
  for (const signature of signatures) {
    const finding = verifyOne(digest, signature, keys);
    if ('by' in finding) return { kind: 'verified', by: finding.by };
    problems.push(`${signature.foundAt}: ${finding.problem}`);
  }
  return { kind: 'refused', problems };
}

function verifyOne(digest: string, signature: ImageSignature, keys: readonly SigningKey[]): Finding {
  switch (signature.kind) {
    case 'simple-signing': {
      const signer = signerOf(signature.payload, signature.signature, keys);
      return 'by' in signer ? readPayload(digest, signature.payload, signer.by) : signer;
    }
    case 'bundle': {
      const opened = openBundle(signature.content);
      if (opened.kind === 'unusable') return { problem: opened.why };
      const signer = signerOf(opened.signed, opened.signature, keys);
      return 'by' in signer ? readStatement(digest, opened.payload, signer.by) : signer;
    }
    case 'unreadable':
      return { problem: signature.why };
  }
}

function signerOf(message: Uint8Array, signature: string, keys: readonly SigningKey[]): Finding {
  const bytes = signature.length > longestSignature ? undefined : decodeBase64(signature);
  if (bytes === undefined) return { problem: 'the signature is not base64 of a signature' };
  const signer = keys.find((key) => hasSigned(key, message, bytes));
  if (signer !== undefined) return { by: signer.name };
  return { problem: `no signature by ${keys.map(({ name }) => name).join(' or ')}` };
}

function readPayload(digest: string, payload: Uint8Array, by: string): Finding {
  const document = payloadSchema.safeParse(parsed(payload));
  if (!document.success) return { problem: `${by} signed something that is no statement about an image` };
  const { image, type } = document.data.critical;
  if (!signatureTypes.includes(type)) return { problem: `${by} signed something else than an image (${shown(type)})` };
  const signed = image['docker-manifest-digest'];
  return signed === digest ? { by } : { problem: `${by} signed another image, ${shown(signed)}` };
}

/** Attestations are signed by the same keys over the same images, and say something else about them. */
function readStatement(digest: string, payload: Uint8Array, by: string): Finding {
  const document = statementSchema.safeParse(parsed(payload));
  if (!document.success) return { problem: `${by} signed something that is no in-toto statement` };
  const { subject, predicateType } = document.data;
  if (!signatureTypes.includes(predicateType)) {
    return { problem: `${by} signed an attestation (${shown(predicateType)}), which is no signature of the image` };
  }
  const signed = subject.map((each) => each.digest['sha256'] ?? '');
  if (signed.some((hex) => `sha256:${hex}` === digest)) return { by };
  return { problem: `${by} signed another image, sha256:${shown(signed[0] ?? '')}` };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** Words of others, fit for one line. */
function shown(text: string): string {
  return JSON.stringify(text.slice(0, 120)).slice(1, -1);
}
