import { Token } from 'cdktf';
import { hcl } from '../conditions/expression.ts';
import { withWordReplaced } from '../naming/word-in-name.ts';
import type { EffectiveInputs } from './effective-inputs.ts';

/**
 * What the application is called, made by Terraform as `rulesFromInputs` makes it: the namespace without the environment's
 * name. Undefined where both are known: the rules then say it themselves.
 */
export function applicationOf({ kubernetesNamespace, environment }: EffectiveInputs): string | undefined {
  if (!Token.isUnresolved(kubernetesNamespace) && !Token.isUnresolved(environment)) return undefined;
  const rest = withWordReplaced(kubernetesNamespace, environment, '');
  const oneHyphen = hcl`replace(${rest}, ${'/^(.*?)--(.*)$/'}, ${'${1}-${2}'})`;
  return hcl`coalesce(replace(${oneHyphen}, ${'/^-|-$/'}, ${''}), ${'application'})`.toString();
}
