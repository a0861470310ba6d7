import { isIP } from 'node:net';
import type { z } from 'zod';
import { addressRefusal } from '../outbound/address-policy.ts';

/** Whatever a network lets through otherwise; what is refused here is never called, wherever the engine runs. */
const widestPolicy = { allowsLoopback: true, privateNetworks: 'all' } as const;

/** An address that is written as such is refused with the file; what a name leads to is known only when it is called. */
export function refuseForbiddenAddress(context: z.core.ParsePayload<string>): void {
  const [, host = ''] = /^https?:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)/i.exec(context.value) ?? [];
  const address = host.replace(/^\[|\]$/g, '');
  if (!isIP(address)) return;
  const refusal = addressRefusal(address, widestPolicy);
  if (refusal === undefined) return;
  context.issues.push({
    code: 'custom',
    input: context.value,
    message: `must be an address that may be called; ${refusal}`,
  });
}
