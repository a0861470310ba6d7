import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { InputProblem } from '../../engine/rules/rules-from-inputs.ts';
import { checkOptions, optionNames } from '../control-plane/check-control-plane.ts';
import type { Decidable } from '../conditions/condition.ts';
import type { ControlPlaneAddress } from '../control-plane/control-plane-view.ts';
import { documentedClaims } from '../inputs/check-documented.ts';
import { problemsOf, type Claim } from '../inputs/claims.ts';
import { labelClaims } from '../inputs/label-claims.ts';
import { EphemeralSecret, isGiven } from '../inputs/secret-input.ts';
import { ModuleStack } from '../module/module-stack.ts';
import type { PromotionProcessProps } from '../promotion-process-props.ts';

/** What is wrong with the inputs of a pair, all of it. */
export function checkPair(
  pair: Construct,
  props: Decidable<PromotionProcessProps>,
  more: readonly Claim[],
  deployed: 'with the pair' | 'in this app' | 'elsewhere',
): readonly InputProblem[] {
  const decides = TerraformStack.of(pair) instanceof ModuleStack ? 'terraform' : 'app';
  const own = problemsOf([...documentedClaims(props, decides), ...placeClaims(props), ...more]);
  if (deployed === 'with the pair') return [...own, ...checkOptions(props)];
  return [
    ...own,
    ...problemsOf([...sharedClaims(props), ...secretClaims(pair, props, deployed), ...labelClaims(props.labels)]),
  ];
}

function placeClaims({
  targetKubernetesNamespace,
  targetDomainName,
}: Decidable<PromotionProcessProps>): readonly Claim[] {
  const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
  const domain = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*$/;
  return [
    {
      label: 'targetKubernetesNamespace',
      bound: 'must be a Kubernetes namespace',
      actual: targetKubernetesNamespace,
      holds: targetKubernetesNamespace === undefined || label.test(targetKubernetesNamespace),
    },
    {
      label: 'targetDomainName',
      bound: 'must be a domain name such as shop.example',
      actual: targetDomainName,
      holds: targetDomainName === undefined || domain.test(targetDomainName),
    },
  ];
}

/** A pair that joins an installation cannot change it. */
function sharedClaims(props: Decidable<PromotionProcessProps>): readonly Claim[] {
  return optionNames.map((label) => ({
    label,
    bound: 'must be given to the control plane, which this pair shares with others',
    actual: props[label],
    holds: props[label] === undefined,
  }));
}

/** Secrets are mounted by what the installation runs, in its stack. */
function secretClaims(
  pair: Construct,
  props: Decidable<PromotionProcessProps>,
  deployed: 'in this app' | 'elsewhere',
): readonly Claim[] {
  const { controlPlane } = props;
  return (['sourceDbConnection', 'targetDbConnection', 'featureFlagApiKey'] as const).flatMap(
    (label): readonly Claim[] => {
      const secret = props[label];
      if (deployed === 'elsewhere') {
        const bound =
          'must be given to the control plane itself (databaseConnections, runnerSecrets), which another app deploys';
        return [{ label, bound, actual: secret, holds: !isGiven(secret), isSecret: true }];
      }
      const isElsewhere =
        secret instanceof EphemeralSecret && TerraformStack.of(secret.variable) !== stackOf(controlPlane, pair);
      const bound = 'must be an EphemeralSecret of the control plane’s stack, which writes it, or a reference';
      return [{ label, bound, actual: undefined, holds: !isElsewhere, isSecret: true }];
    },
  );
}

function stackOf(controlPlane: ControlPlaneAddress | undefined, pair: Construct): TerraformStack {
  return TerraformStack.of(isConstruct(controlPlane) ? controlPlane : pair);
}

function isConstruct(address: ControlPlaneAddress | undefined): address is ControlPlaneAddress & Construct {
  return address !== undefined && 'node' in address;
}
