import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { OptionalClusterAccess, reachOf } from '../../../constructs/control-plane/cluster-reach.ts';
import { written } from '../written.ts';

describe('how the runner reaches a cluster', () => {
  const membership = 'projects/shop-prod/locations/global/memberships/shop';

  it.each([
    [undefined, { isThere: false, isByGateway: false, kind: '', address: '' }],
    [
      { kind: 'connect-gateway' as const, membership },
      { isThere: true, isByGateway: true, kind: 'connect-gateway', address: membership },
    ],
    [
      { kind: 'dns-endpoint' as const, endpoint: 'gke-1.gke.goog' },
      { isThere: true, isByGateway: false, kind: 'dns-endpoint', address: 'gke-1.gke.goog' },
    ],
  ])('is read from %j', (access, reach) => {
    expect(reachOf(access)).toEqual(reach);
  });

  it('is decided by Terraform in a module, by which of two texts is there', () => {
    const stack = new TerraformStack(Testing.app(), 'stack');
    const text = (name: string): string => new TerraformVariable(stack, name, {}).stringValue;
    const reach = reachOf(new OptionalClusterAccess(text('membership'), text('endpoint')));
    expect(written(stack, { ...reach })).toEqual({
      isThere: '${(!((var.membership == "")) || !((var.endpoint == "")))}',
      isByGateway: '${!((var.membership == ""))}',
      kind: '${(!((var.membership == "")) ? "connect-gateway" : "dns-endpoint")}',
      address: '${(!((var.membership == "")) ? var.membership : var.endpoint)}',
    });
  });
});
