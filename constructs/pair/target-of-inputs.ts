import { Token } from 'cdktf';
import { areEqual, type Condition } from '../conditions/condition.ts';
import type { Claim } from '../inputs/claims.ts';
import type { DocumentedProps } from '../inputs/documented-props.ts';
import { toldOf } from '../inputs/late-rules-file.ts';
import { withWordReplaced } from '../naming/word-in-name.ts';
import type { RulesInput } from '../../engine/rules/schema.ts';

/** Where the target is, which the documented inputs do not say: they name the source's namespace and domain. */
export interface TargetPlace {
  readonly namespace: string;
  /** Namespaces of the other applications that the rules deploy there. */
  readonly otherNamespaces: readonly string[];
  readonly domain: string;
  /** Whether Argo CD deploys there, by the rules, and the runner itself does not. */
  readonly isArgoCd: Condition;
}

interface Given extends Pick<
  DocumentedProps,
  'environment' | 'targetEnvironment' | 'kubernetesNamespace' | 'domainName'
> {
  readonly targetKubernetesNamespace?: string;
  readonly targetDomainName?: string;
  readonly rulesFile?: string;
}

/**
 * The target's namespace and domain: as they are given, else as the rules say, else the source's with the environment's
 * name replaced. What cannot be told is the source's, and a problem.
 */
export function targetOfInputs(
  given: Given,
  rules: RulesInput | undefined,
): TargetPlace & { readonly claims: readonly Claim[] } {
  const ofRules = namespacesOfRules(given, rules);
  const namespace = given.targetKubernetesNamespace ?? ofRules[0] ?? substituted(given.kubernetesNamespace, given);
  const domain = given.targetDomainName ?? substituted(given.domainName, given);
  return {
    namespace: namespace ?? given.kubernetesNamespace,
    otherNamespaces: ofRules.filter((each) => each !== namespace),
    domain: domain ?? given.domainName,
    isArgoCd: isArgoCd(given, rules),
    claims: [
      unknown('targetKubernetesNamespace', given.kubernetesNamespace, given.environment, namespace),
      unknown(
        'targetDomainName',
        given.domainName,
        given.environment,
        domain ?? (rules === undefined ? undefined : ''),
      ),
    ],
  };
}

function unknown(label: string, from: string, environment: string, found: string | undefined): Claim {
  return {
    label,
    bound: targetUnknownBound(JSON.stringify(from), JSON.stringify(environment)),
    actual: undefined,
    holds: found !== undefined,
  };
}

/** @param from the source's namespace or domain, and @param environment its environment, both in quotes. */
export const targetUnknownBound = (from: string, environment: string): string =>
  `must be given, since ${from} does not name ${environment} to put the target in its place`;

/** The environment's name as a word between dots and hyphens, replaced by the target's. */
function substituted(name: string, { environment, targetEnvironment }: Given): string | undefined {
  if ([name, environment, targetEnvironment].some((each) => Token.isUnresolved(each))) {
    return withWordReplaced(name, environment, targetEnvironment).toString();
  }
  // Whatever else is wrong with them is told by their own checks.
  if (typeof name !== 'string' || !/^[a-z0-9-]+$/.test(environment)) return name;
  const word = new RegExp(`(?<=^|[.-])${environment}(?=$|[.-])`);
  return word.test(name) ? name.replace(word, () => targetEnvironment) : undefined;
}

/** Of each application in the target, by the rules; none where they deploy to something else. */
function namespacesOfRules({ targetEnvironment }: Given, rules: RulesInput | undefined): readonly string[] {
  const environment = environmentOf(rules, targetEnvironment);
  const deployment = environment?.targets.deployment;
  if (rules === undefined || environment === undefined || deployment?.kind !== 'kubernetes') return [];
  const named = rules.applications.map(({ name }) =>
    deployment.namespace.replaceAll('<env>', environment.name).replaceAll('<app>', name),
  );
  return [...new Set(named)];
}

function isArgoCd({ targetEnvironment, rulesFile }: Given, rules: RulesInput | undefined): Condition {
  if (rulesFile !== undefined && Token.isUnresolved(rulesFile)) {
    return areEqual(toldOf(rulesFile, targetEnvironment, 'kind of deployment').toString(), 'argocd');
  }
  return environmentOf(rules, targetEnvironment)?.targets.deployment.kind === 'argocd';
}

function environmentOf(
  rules: RulesInput | undefined,
  environment: string,
): RulesInput['environments'][number] | undefined {
  return rules?.environments.find(
    ({ name, aliases }) => name === environment || aliases?.includes(environment) === true,
  );
}
