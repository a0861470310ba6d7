import { areEqual, chosen, either, not, type Condition } from '../conditions/condition.ts';
import type { ClusterAccess } from './control-plane-options.ts';

/** How an HCL module is told of a cluster: by one of two texts, of which the other is empty, or by none. */
export class OptionalClusterAccess {
  /** As of `connect-gateway`. */
  readonly membership: string;
  /** As of `dns-endpoint`. */
  readonly endpoint: string;

  constructor(membership: string, endpoint: string) {
    this.membership = membership;
    this.endpoint = endpoint;
  }
}

/** A cluster as the runner is told of it. */
export interface ClusterReach {
  readonly isThere: Condition;
  readonly isByGateway: Condition;
  readonly kind: string;
  readonly address: string;
}

export function reachOf(access: ClusterAccess | OptionalClusterAccess | undefined): ClusterReach {
  if (access === undefined) return { isThere: false, isByGateway: false, kind: '', address: '' };
  const { membership = '', endpoint = '' } = access as Partial<OptionalClusterAccess>;
  const isByGateway = not(areEqual(membership, ''));
  return {
    isThere: either(isByGateway, not(areEqual(endpoint, ''))),
    isByGateway,
    kind: chosen(isByGateway, 'connect-gateway', 'dns-endpoint'),
    address: chosen(isByGateway, membership, endpoint),
  };
}
