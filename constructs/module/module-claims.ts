import type { TerraformVariableConfig } from 'cdktf';
import { hcl, type Expression } from '../conditions/expression.ts';
import { inModule } from '../control-plane/function-source.ts';
import { otherEnvironmentBound, togetherBound } from '../inputs/check-documented.ts';
import { documentIn, hasEnvironment } from '../inputs/late-rules-file.ts';
import { hasWord } from '../naming/word-in-name.ts';
import { targetUnknownBound } from '../pair/target-of-inputs.ts';
import { claim, shown } from './input-validation.ts';
import type { ModuleVariables, Secret } from './module-variables.ts';

type Validations = NonNullable<TerraformVariableConfig['validation']>;

/** What is claimed of the module's variables beyond each one's own check: of several together, and of files. */
export class ModuleClaims {
  readonly #variables: ModuleVariables;

  constructor(variables: ModuleVariables) {
    this.#variables = variables;
  }

  /** Those that stand at one variable. Variables must not look at each other in a circle. */
  of(name: string): Validations {
    const value = this.#variables.text(name);
    switch (name) {
      case 'target_environment':
        return [
          claim(hcl`${value} != ${this.#variables.text('environment')}`, name, shown(value), otherEnvironmentBound),
        ];
      case 'target_kubernetes_namespace':
        return [
          this.#placeClaim(
            name,
            this.#variables.text('kubernetes_namespace'),
            hcl`${this.#variables.namespaceOfRules} != ""`,
          ),
        ];
      case 'target_domain_name':
        return [
          this.#placeClaim(name, this.#variables.text('domain_name'), hcl`${this.#variables.text('rules_file')} != ""`),
        ];
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
              hcl`(${value} == "" || ${hasEnvironment(value, this.#variables.text(which))})`,
              name,
              shown(value),
              hcl`format("must have %s among its environments", ${shown(this.#variables.text(which))})`,
            ),
          ),
        ];
      case 'cluster_dns_endpoint':
        return [
          claim(
            hcl`(${value} == "" || ${this.#variables.text('cluster_membership')} == "")`,
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
    const environment = this.#variables.text('environment');
    return claim(
      hcl`(${this.#variables.text(name)} != null || ${isInRules} || ${hasWord(ofSource, environment)})`,
      name,
      'missing and',
      hcl`format(${targetUnknownBound('%s', '%s')}, ${shown(ofSource)}, ${shown(environment)})`,
    );
  }

  #secretClaims(name: Secret): Validations {
    const { value, revision, reference } = this.#variables.secret(name);
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
      // One of the two looks at both.
      ...(name === 'target_db_connection' ? [this.#connectionsClaim()] : []),
    ];
  }

  #connectionsClaim(): Validations[number] {
    const [source, target] = [
      this.#variables.secret('source_db_connection'),
      this.#variables.secret('target_db_connection'),
    ];
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
