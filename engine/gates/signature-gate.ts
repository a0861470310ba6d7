import { z } from 'zod';
import { defineGate, newestFact } from './gate.ts';

/** Every image of the release has a verified signature; where signers are named, one of theirs. */
export const signatureGate = defineGate({
  name: 'signature',
  configSchema: z.object({ signers: z.array(z.string()) }),
  async evaluate(context) {
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
      : { kind: 'pass', detail: `${String(evidence.length)} images signed`, evidence };
  },
});
