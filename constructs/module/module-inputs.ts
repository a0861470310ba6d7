import { TerraformLocal, type TerraformStack } from 'cdktf';
import type { Condition, Decidable } from '../conditions/condition.ts';
import { hcl } from '../conditions/expression.ts';
import { OptionalClusterAccess } from '../control-plane/cluster-reach.ts';
import { defaultImage } from '../control-plane/control-plane-options.ts';
import { documentedInputs, propertyName } from '../inputs/documented-inputs.ts';
import { withWordReplaced } from '../naming/word-in-name.ts';
import type { PromotionProcessProps } from '../promotion-process-props.ts';
import { ModuleVariables, type Secret } from './module-variables.ts';

/** Declares the module's variables. @returns what the construct is given: references to them. */
export function moduleInputs(stack: TerraformStack): Decidable<PromotionProcessProps> {
  const variables = new ModuleVariables(stack);
  const documented = documentedInputs.map(({ name, type, check }) => {
    const given = check.kind === 'secret' ? variables.secret(name as Secret) : variables.value(name, type);
    return [propertyName(name), given] as const;
  });
  const inputs = Object.fromEntries(documented) as unknown as Decidable<PromotionProcessProps>;
  const { environment, targetEnvironment, kubernetesNamespace, domainName, gcpProjectId } = inputs;
  // Local values, since what is made of them is long and refers to them often.
  const givenOr = (name: string, ...others: readonly string[]): string => {
    const first = [variables.text(name), ...others].reduceRight((rest, each) =>
      hcl`coalesce(${each}, ${rest})`.toString(),
    );
    return new TerraformLocal(stack, `effective_${name}`, first).asString;
  };
  const region = variables.text('region');
  return {
    ...inputs,
    region,
    rulesFile: variables.text('rules_file'),
    image: givenOr('image', defaultImage(region, gcpProjectId)),
    machineType: variables.text('machine_type'),
    clusterAccess: new OptionalClusterAccess(
      variables.text('cluster_membership'),
      variables.text('cluster_dns_endpoint'),
    ),
    argocdServer: variables.text('argocd_server'),
    viewers: variables.list('viewers'),
    publicHooks: variables.value('public_hooks', 'bool') as Condition,
    deletionProtection: variables.value('deletion_protection', 'bool') as Condition,
    targetKubernetesNamespace: givenOr(
      'target_kubernetes_namespace',
      variables.namespaceOfRules.toString(),
      withWordReplaced(kubernetesNamespace, environment, targetEnvironment).toString(),
    ),
    targetDomainName: givenOr(
      'target_domain_name',
      withWordReplaced(domainName, environment, targetEnvironment).toString(),
    ),
  };
}
