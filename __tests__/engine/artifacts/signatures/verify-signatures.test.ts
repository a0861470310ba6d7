import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ImageSignature } from '../../../../engine/artifacts/signatures/image-signature.ts';
import { parsePublicKey } from '../../../../engine/artifacts/signatures/public-keys.ts';
import { verifySignatures } from '../../../../engine/artifacts/signatures/verify-signatures.ts';
import { bundleOf, payloadFor, signatureOver, signingPair, simpleSignature, statementFor } from './signing-pairs.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const other = `sha256:${'b'.repeat(64)}`;
const [build, vendor, stranger] = [signingPair('build'), signingPair('vendor', 'ed25519'), signingPair('stranger')];
const keys = [build.key, vendor.key];
const verdictOn = (...signatures: readonly ImageSignature[]) => verifySignatures(digest, signatures, keys);

describe('the signature of an image', () => {
  it.each([
    ['ECDSA on P-256', build],
    ['Ed25519', vendor],
  ])('is verified with a key of %s, and says whose it is', (_, signer) => {
    expect(verdictOn(simpleSignature(payloadFor(digest), signer))).toEqual({ kind: 'verified', by: signer.key.name });
    expect(verdictOn(bundleOf(statementFor(digest), signer))).toEqual({ kind: 'verified', by: signer.key.name });
  });

  it('is one of several, the bad ones among which do not matter', () => {
    const bad = simpleSignature(payloadFor(other), stranger);
    expect(verdictOn(bad, simpleSignature(payloadFor(digest), vendor))).toEqual({ kind: 'verified', by: 'vendor' });
  });

  it('is none where nothing was signed', () => {
    expect(verdictOn()).toEqual({ kind: 'unsigned' });
  });

  const payload = payloadFor(digest);
  const signed = simpleSignature(payload, build);
  it.each<readonly [string, ImageSignature, RegExp]>([
    ['by a stranger', simpleSignature(payload, stranger), /^tag: no signature by build or vendor$/],
    ['over another image', simpleSignature(payloadFor(other), build), /build signed another image, sha256:b{64}/],
    [
      'whose payload was changed afterwards',
      { kind: 'simple-signing', foundAt: 'tag', payload: payloadFor(other), signature: signatureOver(payload, build) },
      /no signature by build or vendor/,
    ],
    [
      'over something that is no image',
      simpleSignature(payloadFor(digest, 'a contract'), build),
      /build signed something else than an image \(a contract\)/,
    ],
    ['over no JSON', simpleSignature(Buffer.from('{'), build), /is no statement about an image/],
    [
      'over JSON of another form',
      simpleSignature(Buffer.from('{"critical":[]}'), build),
      /no statement about an image/,
    ],
    ['that is no base64', { ...signed, signature: 'not base64!' } as ImageSignature, /is not base64/],
    ['that is empty', { ...signed, signature: '' } as ImageSignature, /is not base64/],
    ['that is enormous', { ...signed, signature: 'A'.repeat(1_000_000) } as ImageSignature, /is not base64/],
    ['that is base64 of rubbish', { ...signed, signature: 'AAAA' } as ImageSignature, /no signature by/],
    ['that could not be read', { kind: 'unreadable', foundAt: 'tag', why: 'it is missing' }, /^tag: it is missing$/],
    [
      'in a bundle, by a stranger',
      bundleOf(statementFor(digest), stranger),
      /^referrer: no signature by build or vendor$/,
    ],
    [
      'in a bundle, over another image',
      bundleOf(statementFor(other), build),
      /build signed another image, sha256:b{64}/,
    ],
    [
      'that is an attestation about the image',
      bundleOf(statementFor(digest, 'https://slsa.dev/provenance/v1'), build),
      /signed an attestation \(https:\/\/slsa\.dev\/provenance\/v1\), which is no signature of the image/,
    ],
    [
      'in a bundle, over no statement',
      bundleOf(Buffer.from('[]'), build),
      /signed something that is no in-toto statement/,
    ],
  ])('%s is refused, and it is said why', (_, signature, why) => {
    const verdict = verdictOn(signature);
    expect(verdict.kind).toBe('refused');
    expect(verdict.kind === 'refused' ? verdict.problems.join() : '').toMatch(why);
  });

  it('says what strangers wrote in one line of harmless characters', () => {
    const verdict = verdictOn(simpleSignature(payloadFor(digest, `x\n\u001b[2J${'y'.repeat(10_000)}`), build));
    const said = verdict.kind === 'refused' ? verdict.problems.join() : '';
    expect(said).not.toMatch(/\p{Cc}/u);
    expect(said.length).toBeLessThan(300);
  });
});

describe('what the libraries of cosign sign', () => {
  const samples = z
    .array(
      z.object({
        algorithm: z.string(),
        publicKey: z.string(),
        digest: z.string(),
        payload: z.string(),
        signature: z.string(),
        bundle: z.string(),
      }),
    )
    .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'cosign-signatures.json'), 'utf8')));

  it.each(samples)(
    'is verified: $algorithm, in both forms',
    ({ publicKey, digest: of, payload, signature, bundle }) => {
      const key = parsePublicKey('cosign', publicKey);
      const simple: ImageSignature = {
        kind: 'simple-signing',
        foundAt: 'tag',
        payload: Buffer.from(payload, 'base64'),
        signature,
      };
      expect(verifySignatures(of, [simple], [key])).toEqual({ kind: 'verified', by: 'cosign' });
      const wrapped: ImageSignature = { kind: 'bundle', foundAt: 'referrer', content: Buffer.from(bundle, 'base64') };
      expect(verifySignatures(of, [wrapped], [key])).toEqual({ kind: 'verified', by: 'cosign' });
      expect(verifySignatures(other, [simple, wrapped], [key]).kind).toBe('refused');
    },
  );
});
