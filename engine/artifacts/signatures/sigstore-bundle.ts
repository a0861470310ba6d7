import { z } from 'zod';
import { decodeBase64 } from './base64.ts';

const statementType = 'application/vnd.in-toto+json';

const bundleSchema = z.looseObject({
  mediaType: z.string(),
  verificationMaterial: z.looseObject({
    publicKey: z.looseObject({}).optional(),
    certificate: z.looseObject({}).optional(),
    x509CertificateChain: z.looseObject({}).optional(),
  }),
  dsseEnvelope: z
    .looseObject({
      payload: z.string(),
      payloadType: z.string(),
      signatures: z.array(z.looseObject({ sig: z.string() })).length(1),
    })
    .optional(),
});

/** A bundle taken apart; nothing in it was verified. */
export type OpenedBundle =
  | {
      readonly kind: 'opened';
      /** What the signature is over. */
      readonly signed: Uint8Array;
      readonly payload: Uint8Array;
      /** Base64. */
      readonly signature: string;
    }
  | { readonly kind: 'unusable'; readonly why: string };

/** Takes a Sigstore bundle of version 0.3 apart, which holds an in-toto statement in a DSSE envelope. */
export function openBundle(content: Uint8Array): OpenedBundle {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    return unusable('the bundle is not JSON');
  }
  const bundle = bundleSchema.safeParse(document);
  if (!bundle.success) return unusable('the bundle is not as the Sigstore format has it');
  const { verificationMaterial, dsseEnvelope } = bundle.data;
  if (verificationMaterial.certificate !== undefined || verificationMaterial.x509CertificateChain !== undefined) {
    return unusable("it was signed without a key, which only Sigstore's own services can vouch for");
  }
  if (dsseEnvelope === undefined) return unusable('the bundle signs no statement about an image');
  if (dsseEnvelope.payloadType !== statementType) return unusable('the bundle signs no in-toto statement');
  const payload = decodeBase64(dsseEnvelope.payload);
  const [first] = dsseEnvelope.signatures;
  if (payload === undefined || first === undefined) return unusable('what the bundle signs is not base64');
  return { kind: 'opened', signed: preAuthenticationEncoding(payload), payload, signature: first.sig };
}

/** What DSSE signs in place of the payload: its type and both lengths as well. */
export function preAuthenticationEncoding(payload: Uint8Array): Buffer {
  const head = `DSSEv1 ${String(statementType.length)} ${statementType} ${String(payload.byteLength)} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

function unusable(why: string): OpenedBundle {
  return { kind: 'unusable', why };
}
