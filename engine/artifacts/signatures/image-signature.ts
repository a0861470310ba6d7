/** The media type of what cosign signs: a payload that names an image by digest. */
export const simpleSigningMediaType = 'application/vnd.dev.cosign.simplesigning.v1+json';
/** The annotation of a payload's descriptor that holds its signature, base64. */
export const signatureAnnotation = 'dev.cosignproject.cosign/signature';
/** A Sigstore bundle; every version of the format that cosign writes begins like this. */
export const bundleMediaType = /^application\/vnd\.dev\.sigstore\.bundle(?:\.v|\+json;version=)0\.3(?:\+json)?$/;

/** Signed over and over, an image may have many; whoever looks at more has been sent rubbish. */
export const mostSignatures = 100;
/** Far more than a payload or a bundle needs. */
export const signatureLimitBytes = 1024 * 1024;

/** What is stored beside an image as a signature of it. Nothing in it was verified. */
export type ImageSignature =
  | {
      readonly kind: 'simple-signing';
      /** Where it was found: a tag, or the digest of a referrer. */
      readonly foundAt: string;
      readonly payload: Uint8Array;
      /** Base64, as it was found. */
      readonly signature: string;
    }
  | { readonly kind: 'bundle'; readonly foundAt: string; readonly content: Uint8Array }
  /** Meant to be a signature, and none that can be looked at. */
  | { readonly kind: 'unreadable'; readonly foundAt: string; readonly why: string };
