import type { ImageSignature } from '../../../../engine/artifacts/signatures/image-signature.ts';
import { openBundle, preAuthenticationEncoding } from '../../../../engine/artifacts/signatures/sigstore-bundle.ts';
import { bundleOf, signingPair, statementFor } from './signing-pairs.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const build = signingPair('build');
const bytesOf = (signature: ImageSignature): Uint8Array => {
  if (signature.kind !== 'bundle') throw new Error('no bundle');
  return signature.content;
};

describe('a Sigstore bundle', () => {
  it('says what was signed: its type and lengths with it', () => {
    const opened = openBundle(bytesOf(bundleOf(statementFor(digest), build)));
    expect(opened).toMatchObject({ kind: 'opened', payload: statementFor(digest) });
    expect(preAuthenticationEncoding(Buffer.from('{}')).toString()).toBe('DSSEv1 28 application/vnd.in-toto+json 2 {}');
  });

  it.each<readonly [string, Uint8Array, RegExp]>([
    ['is not JSON', Buffer.from('<xml/>'), /not JSON/],
    ['is not UTF-8', Buffer.from([0xff, 0xfe, 0x7b]), /not JSON/],
    ['is nested without end', Buffer.from('['.repeat(500_000)), /not JSON/],
    ['is of another form', Buffer.from('{"mediaType":1}'), /not as the Sigstore format/],
    [
      'was signed without a key',
      bytesOf(bundleOf(statementFor(digest), build, { verificationMaterial: { certificate: { rawBytes: '' } } })),
      /signed without a key, which only Sigstore's own services can vouch for/,
    ],
    ['signs only a hash', bytesOf(bundleOf(statementFor(digest), build, { dsseEnvelope: undefined })), /no statement/],
    [
      'signs something else',
      bytesOf(
        bundleOf(statementFor(digest), build, {
          dsseEnvelope: { payload: 'e30=', payloadType: 'text/plain', signatures: [{ sig: 'AA==' }] },
        }),
      ),
      /no in-toto statement/,
    ],
    [
      'has no base64 in it',
      bytesOf(
        bundleOf(statementFor(digest), build, {
          dsseEnvelope: { payload: '{}', payloadType: 'application/vnd.in-toto+json', signatures: [{ sig: 'AA==' }] },
        }),
      ),
      /not base64/,
    ],
    [
      'has several signatures, of which one could be looked at and another trusted',
      bytesOf(
        bundleOf(statementFor(digest), build, {
          dsseEnvelope: {
            payload: 'e30=',
            payloadType: 'application/vnd.in-toto+json',
            signatures: [{ sig: 'AA==' }, { sig: 'AA==' }],
          },
        }),
      ),
      /not as the Sigstore format/,
    ],
  ])('that %s is not used', (_, content, why) => {
    const opened = openBundle(content);
    expect(opened.kind === 'unusable' ? opened.why : '').toMatch(why);
  });
});
