import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { addressRefusal, OutboundRefusedError, type OutboundPolicy } from './address-policy.ts';

/** Asks for every address of a host. */
export type ResolveHost = (host: string) => Promise<readonly LookupAddress[]>;

const resolveBySystem: ResolveHost = (host) => lookup(host, { all: true, order: 'verbatim' });

/**
 * The lookup of one connection. What it answers is what the connection goes to, so no second answer of the name server
 * can lead it elsewhere. One refused address refuses the host: which of them is taken would be chance.
 */
export function checkedLookup(policy: OutboundPolicy, resolveHost: ResolveHost = resolveBySystem): LookupFunction {
  return (host, options, callback) => {
    resolveHost(host).then(
      (addresses) => {
        const refusal = addresses
          .map(({ address }) => addressRefusal(address, policy))
          .find((each) => each !== undefined);
        const [first] = addresses;
        if (refusal !== undefined) callback(new OutboundRefusedError(`${host} is not called: ${refusal}`), '', 0);
        else if (first === undefined) callback(new Error(`${host} has no address`), '', 0);
        else if (options.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)), '', 0);
      },
    );
  };
}

/** Refuses a host that is an address itself, since nothing is looked up then. @throws OutboundRefusedError */
export function refuseAddress(host: string, policy: OutboundPolicy): void {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address) === 0) return;
  const refusal = addressRefusal(address, policy);
  if (refusal !== undefined) throw new OutboundRefusedError(`${host} is not called: ${refusal}`);
}
