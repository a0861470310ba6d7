import { z } from 'zod';
import { parsePublicKey, type SigningKey } from '../artifacts/signatures/public-keys.ts';
import { verifySignatures } from '../artifacts/signatures/verify-signatures.ts';
import { defineGate, newestFact, type GateContext, type GateFinding } from './gate.ts';
import { counted } from '../wording/counted.ts';

const configSchema = z.object({
  signers: z.array(z.string()),
  /** With keys the signatures are looked at, and no evidence counts. Left out by engines that could not. */
  keys: z
    .array(z.object({ name: z.string(), publicKey: z.string().optional(), file: z.string().optional() }))
    .default([]),
});
type Context = GateContext<z.infer<typeof configSchema>>;

/**
 * Every image of the release is signed. With keys, a signature by one of them is looked for where the image is, and
 * verified; without, the verification of somebody else is evidence. Where signers are named, one of theirs.
 */
export const signatureGate = defineGate({
  name: 'signature',
  configSchema,
  evaluate: async (context) =>
    context.config.keys.length > 0 ? await verifyImages(context) : judgeVerifications(context),
});

async function verifyImages(context: Context): Promise<GateFinding> {
  const { ports, release, definition, signal } = context;
  const keys = await keysThatCount(context);
  const unsigned: string[] = [];
  const refused: string[] = [];
  const signers = new Set<string>();
  for (const { service, image, digest } of release.content.images) {
    const repository = `${definition.source.registry}/${image}`;
    const verdict = verifySignatures(digest, await ports.artifacts.signatures(repository, digest, signal), keys);
    switch (verdict.kind) {
      case 'verified':
        signers.add(verdict.by);
        break;
      case 'unsigned':
        unsigned.push(`${service} is not signed (${repository}@${digest})`);
        break;
      case 'refused':
        refused.push(`${service} is not signed by ${namesOf(keys)} (${verdict.problems.join('; ')})`);
        break;
    }
  }
  // A bad signature is more than a missing one, which a rule may let pass.
  if (refused.length > 0) return { kind: 'fail', detail: [...refused, ...unsigned].join(', '), evidence: [] };
  if (unsigned.length > 0) return { kind: 'missing', detail: unsigned.join(', ') };
  const images = counted(release.content.images.length, 'image');
  return { kind: 'pass', detail: `${images} signed by ${[...signers].join(', ')}`, evidence: [] };
}

/** @throws PublicKeyError; then nothing is known of any signature. */
async function keysThatCount({ config, ports, signal }: Context): Promise<readonly SigningKey[]> {
  const counted = config.keys.filter(({ name }) => config.signers.length === 0 || config.signers.includes(name));
  if (counted.length === 0) throw new Error(`no key is called ${config.signers.join(' or ')}`);
  return Promise.all(
    counted.map(async ({ name, publicKey, file }) =>
      parsePublicKey(name, publicKey ?? (await ports.publicKeys.read(file ?? '', signal))),
    ),
  );
}

function namesOf(keys: readonly SigningKey[]): string {
  return keys.map(({ name }) => name).join(' or ');
}

function judgeVerifications(context: Context): GateFinding {
  const { signers } = context.config;
  const evidence: string[] = [];
  const failures: string[] = [];
  for (const { service, digest } of context.release.content.images) {
    const found = newestFact(
      context,
      'signature',
      (fact) => fact.digest === digest && (signers.length === 0 || signers.includes(fact.signer)),
    );
    if (!found.found) {
      const whose = signers.length === 0 ? 'anybody' : signers.join(' or ');
      return { kind: 'missing', detail: `no usable signature of ${service} by ${whose}: ${found.why}` };
    }
    evidence.push(found.id);
    if (!found.fact.isVerified) failures.push(`the signature of ${service} by ${found.fact.signer} is not valid`);
  }
  return failures.length > 0
    ? { kind: 'fail', detail: failures.join(', '), evidence }
    : { kind: 'pass', detail: `${counted(evidence.length, 'image')} signed`, evidence };
}
