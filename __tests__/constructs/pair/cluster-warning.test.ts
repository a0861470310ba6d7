import { Testing } from 'cdktf';
import { PromotionControlPlane, type PromotionControlPlaneProps } from '../../../constructs/promotion-control-plane.ts';
import { PromotionProcess } from '../../../constructs/promotion-process.ts';
import { sevenInputs } from '../seven-inputs.ts';
import { functionArchive, stackIn } from '../synthesise.ts';

const endpoint = 'gke-0123456789abcdef-012345678901.us-central1.gke.goog';

/** Warnings about the cluster, of a pair whose installation the same app deploys. */
function warned(options: Partial<PromotionControlPlaneProps>, targetEnvironment = 'prod'): readonly string[] {
  const stack = stackIn(Testing.app());
  const controlPlane = new PromotionControlPlane(stack, 'plane', {
    gcpProjectId: 'shop-prod',
    dbMigrationFunctionSource: functionArchive(),
    ...options,
  });
  return warningsOf(new PromotionProcess(stack, 'pair', { ...sevenInputs, targetEnvironment, controlPlane }));
}

function warningsOf(pair: PromotionProcess): readonly string[] {
  return pair.node.metadata.map(({ data }) => String(data)).filter((text) => text.includes('clusterAccess'));
}

describe('a target that is deployed to Kubernetes', () => {
  it('is warned of when the runner reaches no cluster', () => {
    expect(warned({})).toEqual([
      'prod is deployed to Kubernetes and clusterAccess is not given: the runner reaches no cluster. Give it to the control plane.',
    ]);
  });

  it('is well with access to its cluster', () => {
    expect(warned({ clusterAccess: { kind: 'dns-endpoint', endpoint } })).toEqual([]);
  });

  it('is not warned of where another app deploys the installation, which may have it', () => {
    const controlPlane = PromotionControlPlane.named('shop-prod');
    const pair = new PromotionProcess(stackIn(Testing.app()), 'pair', { ...sevenInputs, controlPlane });
    expect(warningsOf(pair)).toEqual([]);
  });
});

describe('a target that needs no cluster', () => {
  it('is not warned of', () => {
    expect(warned({ rulesFile: 'examples/rules/image-promotion.yaml' }, 'production')).toEqual([]);
  });
});
