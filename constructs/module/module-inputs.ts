import { TerraformLocal, TerraformVariable, type TerraformStack, type TerraformVariableConfig } from 'cdktf';
import type { Decidable } from '../conditions/condition.ts';
import { hcl, type Expression } from '../conditions/expression.ts';
import { OptionalClusterAccess } from '../control-plane/cluster-reach.ts';
import { defaultImage } from '../control-plane/control-plane-options.ts';
import { inModule } from '../control-plane/function-source.ts';
import { otherEnvironmentBound, togetherBound } from '../inputs/check-documented.ts';
import { documentedInputs, propertyName, type DocumentedInput } from '../inputs/documented-inputs.ts';
import { documentIn, hasEnvironment, toldOf } from '../inputs/late-rules-file.ts';
import { OptionalSecret } from '../inputs/optional-secret.ts';
import { hasWord, withWordReplaced } from '../naming/word-in-name.ts';
import { targetUnknownBound } from '../pair/target-of-inputs.ts';
import type { PromotionProcessProps } from '../promotion-process-props.ts';
import { claim, shown, validationsOf } from './input-validation.ts';
import { moreInputs, type ModuleInput } from './more-inputs.ts';

type Validations = NonNullable<TerraformVariableConfig['validation']>;

type Secret = 'source_db_connection' | 'target_db_connection' | 'feature_flag_api_key';

/** The variables of the module: the documented inputs by their documented names, and what a module needs beyond them. */
export class ModuleInputs {
  readonly #variables = new Map<string, TerraformVariable>();

  readonly #stack: TerraformStack;

  constructor(stack: TerraformStack) {
    this.#stack = stack;
    for (const input of [...documentedInputs, ...moreInputs]) {
      const variable = new TerraformVariable(stack, input.name, {
        type: input.type,
        description: input.description,
        ...(input.default === undefined || input.default === null ? {} : { default: input.default }),
        nullable: input.default === null,
      });
      variable.overrideLogicalId(input.name);
      if (input.default === null) variable.addOverride('default', null);
      if (input.check.kind === 'secret') {
        variable.addOverride('sensitive', true);
        // cdktf 0.21 is older than ephemeral variables.
        variable.addOverride('ephemeral', true);
      }
      this.#variables.set(input.name, variable);
    }
    for (const input of [...documentedInputs, ...moreInputs]) {
      const own = validationsOf(input, this.#judged(input)) as Validations;
      for (const each of [...own, ...this.#together(input.name)]) this.#variable(input.name).addValidation(each);
    }
  }

  /** What the construct is given. */
  get props(): Decidable<PromotionProcessProps> {
    const documented = documentedInputs.map(({ name, type, check }) => {
      const given = check.kind === 'secret' ? this.#secret(name as Secret) : this.#value(name, type);
      return [propertyName(name), given] as const;
    });
    const inputs = Object.fromEntries(documented) as unknown as Decidable<PromotionProcessProps>;
    const region = this.#text('region');
    return {
      ...inputs,
      region,
      rulesFile: this.#text('rules_file'),
      image: this.#givenOr('image', defaultImage(region, inputs.gcpProjectId)),
      machineType: this.#text('machine_type'),
      clusterAccess: new OptionalClusterAccess(this.#text('cluster_membership'), this.#text('cluster_dns_endpoint')),
      argocdServer: this.#text('argocd_server'),
      viewers: this.#variable('viewers').listValue,
      deletionProtection: this.#variable('deletion_protection').booleanValue,
      targetKubernetesNamespace: this.#givenOr(
        'target_kubernetes_namespace',
        this.#namespaceOfRules.toString(),
        withWordReplaced(inputs.kubernetesNamespace, inputs.environment, inputs.targetEnvironment).toString(),
      ),
      targetDomainName: this.#givenOr(
        'target_domain_name',
        withWordReplaced(inputs.domainName, inputs.environment, inputs.targetEnvironment).toString(),
      ),
    };
  }

  #variable(name: string): TerraformVariable {
    const found = this.#variables.get(name);
    if (found === undefined) throw new Error(`there is no variable ${name}`);
    return found;
  }

  #text(name: string): string {
    return this.#variable(name).stringValue;
  }

  #value(name: string, type: DocumentedInput['type']): unknown {
    const variable = this.#variable(name);
    switch (type) {
      case 'string':
        return variable.stringValue;
      case 'bool':
        return variable.booleanValue;
      case 'number':
        return variable.numberValue;
      case 'list(string)':
        return variable.listValue;
    }
  }

  #secret(name: Secret): OptionalSecret {
    return new OptionalSecret(
      this.#text(name),
      this.#variable(`${name}_revision`).numberValue,
      this.#text(`${name}_secret`),
    );
  }

  /** A local value, since what is made of it is long and refers to it often. */
  #givenOr(name: string, ...others: readonly string[]): string {
    const first = [this.#text(name), ...others].reduceRight((rest, each) => hcl`coalesce(${each}, ${rest})`.toString());
    return new TerraformLocal(this.#stack, `effective_${name}`, first).asString;
  }

  get #namespaceOfRules(): Expression {
    return toldOf(this.#text('rules_file'), this.#text('target_environment'), 'namespace');
  }

  /** The value that a variable's own check looks at; in place of none, one that suits. */
  #judged(input: DocumentedInput | ModuleInput): string {
    const text = this.#text(input.name);
    return input.default === null ? hcl`coalesce(${text}, ${String(input.example)})`.toString() : text;
  }

  /** What is claimed of a variable together with others. */
  #together(name: string): Validations {
    const value = this.#text(name);
    switch (name) {
      case 'target_environment':
        return [claim(hcl`${value} != ${this.#text('environment')}`, name, shown(value), otherEnvironmentBound)];
      case 'target_kubernetes_namespace':
        return [this.#placeClaim(name, this.#text('kubernetes_namespace'), hcl`${this.#namespaceOfRules} != ""`)];
      case 'target_domain_name':
        return [this.#placeClaim(name, this.#text('domain_name'), hcl`${this.#text('rules_file')} != ""`)];
      case 'db_migration_function_source':
        return [
          claim(
            hcl`(fileexists(${value}) || fileexists(${inModule(value)}))`,
            name,
            shown(value),
            'must be a file that is there, from where Terraform runs or in the module',
          ),
        ];
      case 'rules_file':
        return [
          claim(
            hcl`(${value} == "" || can(${documentIn(value)}.environments))`,
            name,
            shown(value),
            'must be a rules file that is there, with environments',
          ),
          ...(['environment', 'target_environment'] as const).map((which) =>
            claim(
              hcl`(${value} == "" || ${hasEnvironment(value, this.#text(which))})`,
              name,
              shown(value),
              hcl`format("must have %s among its environments", ${shown(this.#text(which))})`,
            ),
          ),
        ];
      case 'cluster_dns_endpoint':
        return [
          claim(
            hcl`(${value} == "" || ${this.#text('cluster_membership')} == "")`,
            name,
            shown(value),
            'must be left out when cluster_membership is given',
          ),
        ];
      case 'source_db_connection_revision':
      case 'target_db_connection_revision':
      case 'feature_flag_api_key_revision':
        return this.#secretClaims(name.replace('_revision', '') as Secret);
      default:
        return [];
    }
  }

  /** @param isInRules whether rules say it, or nobody needs it. */
  #placeClaim(name: string, ofSource: string, isInRules: Expression): Validations[number] {
    const environment = this.#text('environment');
    return claim(
      hcl`(${this.#text(name)} != null || ${isInRules} || ${hasWord(ofSource, environment)})`,
      name,
      'missing',
      hcl`format(${targetUnknownBound('%s', '%s')}, ${shown(ofSource)}, ${shown(environment)})`,
    );
  }

  #secretClaims(name: Secret): Validations {
    const { value, revision, reference } = this.#secret(name);
    const label = `${name}_revision`;
    return [
      claim(
        hcl`((${value} == "") == (${revision} == 0))`,
        label,
        shown(revision),
        `must be 1 or more when ${name} is given, and 0 when it is not: Terraform cannot see it, since it keeps no such value`,
      ),
      claim(
        hcl`(${revision} == 0 || ${reference} == "")`,
        label,
        shown(revision),
        `must be 0 when ${name}_secret is given`,
      ),
      // Variables must not look at each other in a circle, so one of the two looks at both.
      ...(name === 'target_db_connection' ? [this.#connectionsClaim()] : []),
    ];
  }

  #connectionsClaim(): Validations[number] {
    const [source, target] = [this.#secret('source_db_connection'), this.#secret('target_db_connection')];
    const pick = (ofSource: string, ofTarget: string): Expression =>
      hcl`(${source.isGiven} ? ${ofSource} : ${ofTarget})`;
    return claim(
      hcl`(${source.isGiven} == ${target.isGiven})`,
      pick('target_db_connection', 'source_db_connection'),
      shown(''),
      pick(togetherBound('source_db_connection'), togetherBound('target_db_connection')),
    );
  }
}
