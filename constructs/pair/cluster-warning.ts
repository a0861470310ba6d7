import type { RulesInput } from '../../engine/rules/schema.ts';
import type { PromotionControlPlane } from '../promotion-control-plane.ts';

/**
 * What is told when the rules deploy a target to Kubernetes and its installation has no way there.
 * @param plane the installation, if this app deploys it: of another nothing is known.
 * @param rules those that decide; absent: they are refused, which is told anyway.
 */
export function clusterWarnings(
  plane: PromotionControlPlane | undefined,
  rules: RulesInput | undefined,
  targetEnvironment: string,
): readonly string[] {
  const target = rules?.environments.find(
    ({ name, aliases }) => name === targetEnvironment || aliases?.includes(targetEnvironment) === true,
  );
  if (plane?.reachesCluster !== false || target?.targets.deployment.kind !== 'kubernetes') return [];
  return [
    `${targetEnvironment} is deployed to Kubernetes and clusterAccess is not given: the runner reaches no cluster. Give it to the control plane.`,
  ];
}
