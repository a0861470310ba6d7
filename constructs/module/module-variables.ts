import { TerraformVariable, type TerraformStack } from 'cdktf';
import { hcl, type Expression } from '../conditions/expression.ts';
import { documentedInputs, type DocumentedInput } from '../inputs/documented-inputs.ts';
import { toldOf } from '../inputs/late-rules-file.ts';
import { OptionalSecret } from '../inputs/optional-secret.ts';
import { validationsOf } from './input-validation.ts';
import { ModuleClaims } from './module-claims.ts';
import { moreInputs, type ModuleInput } from './more-inputs.ts';

export type Secret = 'source_db_connection' | 'target_db_connection' | 'feature_flag_api_key';

/** The variables of the module: the documented inputs by their documented names, and what a module needs beyond them. */
export class ModuleVariables {
  readonly #byName: ReadonlyMap<string, TerraformVariable>;

  constructor(stack: TerraformStack) {
    const inputs = [...documentedInputs, ...moreInputs];
    this.#byName = new Map(inputs.map((input) => [input.name, variableOf(stack, input)] as const));
    const claims = new ModuleClaims(this);
    for (const input of inputs) {
      const all = [...validationsOf(input, this.#judged(input)), ...claims.of(input.name)];
      for (const each of all) this.#variable(input.name).addValidation(each);
    }
  }

  text(name: string): string {
    return this.#variable(name).stringValue;
  }

  /** A reference that CDKTF takes as a value of the type. */
  value(name: string, type: DocumentedInput['type']): unknown {
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

  list(name: string): string[] {
    return this.#variable(name).listValue;
  }

  secret(name: Secret): OptionalSecret {
    const revision = this.#variable(`${name}_revision`).numberValue;
    return new OptionalSecret(this.text(name), revision, this.text(`${name}_secret`));
  }

  /** Namespace of the target by the rules file; empty without one. */
  get namespaceOfRules(): Expression {
    return toldOf(this.text('rules_file'), this.text('target_environment'), 'namespace');
  }

  #variable(name: string): TerraformVariable {
    const found = this.#byName.get(name);
    if (found === undefined) throw new Error(`there is no variable ${name}`);
    return found;
  }

  /** The value that a variable's own check looks at; in place of none, one that suits. */
  #judged(input: DocumentedInput | ModuleInput): string {
    const text = this.text(input.name);
    return input.default === null ? hcl`coalesce(${text}, ${String(input.example)})`.toString() : text;
  }
}

function variableOf(stack: TerraformStack, input: DocumentedInput | ModuleInput): TerraformVariable {
  const { name, type, description, default: fallback } = input;
  const variable = new TerraformVariable(stack, name, {
    type,
    description,
    ...(fallback === undefined || fallback === null ? {} : { default: fallback }),
    nullable: fallback === null,
  });
  variable.overrideLogicalId(name);
  // CDKTF takes null for no default.
  if (fallback === null) variable.addOverride('default', null);
  if (input.check.kind === 'secret') {
    variable.addOverride('sensitive', true);
    // cdktf 0.21 is older than ephemeral variables.
    variable.addOverride('ephemeral', true);
  }
  return variable;
}
