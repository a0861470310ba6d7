import { generateKeyPairSync } from 'node:crypto';
import { hasSigned, parsePublicKey } from '../../../../engine/artifacts/signatures/public-keys.ts';
import { signatureOver, signingPair } from './signing-pairs.ts';

const pem = (type: 'rsa' | 'p384'): string => {
  const { publicKey } =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-384' });
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
};

describe('a public key', () => {
  it('verifies what its own pair signed and nothing else', () => {
    for (const kind of ['p256', 'ed25519'] as const) {
      const pair = signingPair('build', kind);
      const message = Buffer.from('what was signed');
      const signature = Buffer.from(signatureOver(message, pair), 'base64');
      expect(hasSigned(pair.key, message, signature)).toBe(true);
      expect(hasSigned(pair.key, Buffer.from('something else'), signature)).toBe(false);
      expect(hasSigned(pair.key, message, Buffer.from([]))).toBe(false);
      expect(hasSigned(signingPair('build', kind).key, message, signature)).toBe(false);
    }
  });

  const { privateKey, publicPem } = signingPair('build');
  it.each([
    ['RSA', pem('rsa'), /the key release is a key of type rsa; ECDSA on P-256 and Ed25519 are verified/],
    ['another curve', pem('p384'), /on secp384r1; ECDSA on P-256/],
    ['no PEM', 'ssh-ed25519 AAAA', /the key release is no public key in PEM/],
    ['nothing', '', /no public key in PEM/],
    ['half a key', publicPem.slice(0, 80), /the key release is damaged/],
    ['a certificate', publicPem.replaceAll('PUBLIC KEY', 'CERTIFICATE'), /no public key in PEM/],
  ])('that is %s is refused by name', (_, text, message) => {
    expect(() => parsePublicKey('release', text)).toThrow(message);
  });

  it('is never a private one, which is not shown either', () => {
    const secret = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => parsePublicKey('release', secret)).toThrow(/is a private key; give the public one/);
    try {
      parsePublicKey('release', secret);
    } catch (error) {
      expect(String(error)).not.toContain(secret.slice(40, 60));
    }
  });
});
