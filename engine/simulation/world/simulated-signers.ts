import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { ImageSignature } from '../../artifacts/signatures/image-signature.ts';
import type { Path, Rules } from '../../rules/schema.ts';

/**
 * Signers by name, each with a pair of keys that is made for one simulation. Nobody has the private keys of the rules'
 * own signers, so these stand for them.
 */
export class SimulatedSigners {
  readonly #pairs = new Map<string, { readonly privateKey: KeyObject; readonly publicKey: string }>();

  /** The public key of a signer, in PEM. */
  publicKey(name: string): string {
    return this.#pairOf(name).publicKey;
  }

  /** A signature of an image as cosign makes it. */
  sign(name: string, repository: string, digest: string): ImageSignature {
    const payload = Buffer.from(
      JSON.stringify({
        critical: {
          identity: { 'docker-reference': repository },
          image: { 'docker-manifest-digest': digest },
          type: 'cosign container image signature',
        },
        optional: null,
      }),
    );
    const signature = sign(null, payload, this.#pairOf(name).privateKey).toString('base64');
    return { kind: 'simple-signing', foundAt: `the signature of ${name}`, payload, signature };
  }

  #pairOf(name: string) {
    const known = this.#pairs.get(name);
    if (known !== undefined) return known;
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const pair = { privateKey, publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
    this.#pairs.set(name, pair);
    return pair;
  }
}

/** The same rules with the keys of simulated signers under the names of the real ones. */
export function withSimulatedKeys(rules: Rules, signers: SimulatedSigners): Rules {
  return { ...rules, paths: rules.paths.map((path) => ({ ...path, gates: gatesWithKeys(path.gates, signers) })) };
}

function gatesWithKeys(gates: Path['gates'], signers: SimulatedSigners): Path['gates'] {
  const { signature } = gates;
  if (signature === undefined || signature === false) return gates;
  const keys = signature.keys.map(({ name }) => ({ name, publicKey: signers.publicKey(name) }));
  return { ...gates, signature: { ...signature, keys } };
}
