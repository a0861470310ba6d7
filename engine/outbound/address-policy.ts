import ipaddr from 'ipaddr.js';

/** Which addresses a call that rules name may reach, beside the public ones. */
export interface OutboundPolicy {
  /** Local mode alone, whose services live there. */
  readonly allowsLoopback: boolean;
  /** Networks in CIDR notation; `all`: every private network, as local mode allows. */
  readonly privateNetworks: 'all' | readonly string[];
}

/** Whoever runs local mode can reach its machine and its network anyway. */
export const localOutboundPolicy: OutboundPolicy = { allowsLoopback: true, privateNetworks: 'all' };

/** A call to this address is never made: it would be made with the engine's rights, not with those of its author. */
export class OutboundRefusedError extends Error {
  override readonly name = 'OutboundRefusedError';
}

/** Where clouds hand out credentials to whoever asks from inside; some lie in ranges that are otherwise public. */
const metadataAddresses: ReadonlySet<string> = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '100.100.100.200',
  '168.63.129.16',
  'fd00:ec2:0:0:0:0:0:254',
  'fd00:ec2:0:0:0:0:0:23',
  'fd20:ce:0:0:0:0:0:254',
]);

/** The prefix under which DNS64 puts IPv4 addresses (RFC 6052, section 2.1). */
const nat64Prefix = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * Why a call to an address is refused, or undefined when it may be made. Everything that is neither public nor allowed
 * by name is refused, so a range that nobody has thought of is, too.
 * @param address an IP address, without brackets; a zone behind `%` does not matter.
 */
export function addressRefusal(address: string, policy: OutboundPolicy): string | undefined {
  const [plain = ''] = address.split('%');
  if (!ipaddr.isValid(plain)) return `${address} is not an address`;
  const parsed = withoutWrapping(ipaddr.parse(plain));
  const normal = parsed.toNormalizedString();
  if (metadataAddresses.has(normal)) return `${address} hands out a cloud's credentials`;
  const range = parsed.range();
  switch (range) {
    case 'unicast':
      return undefined;
    case 'loopback':
      return policy.allowsLoopback ? undefined : `${address} is the engine's own machine`;
    case 'private':
    case 'uniqueLocal':
    case 'carrierGradeNat':
      if (isListed(parsed, policy.privateNetworks)) return undefined;
      return `${address} is in a private network that outbound.privateNetworks does not list`;
    default:
      return `${address} is a ${range} address`;
  }
}

/** An IPv4 address that travels in an IPv6 one is what it leads to. */
function withoutWrapping(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (!(address instanceof ipaddr.IPv6)) return address;
  const isWrapped = address.range() === 'ipv4Mapped' || address.match(nat64Prefix);
  return isWrapped ? new ipaddr.IPv4(address.toByteArray().slice(-4)) : address;
}

function isListed(address: ipaddr.IPv4 | ipaddr.IPv6, networks: OutboundPolicy['privateNetworks']): boolean {
  if (networks === 'all') return true;
  return networks.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(network);
    return base.kind() === address.kind() && address.match(base, bits);
  });
}
