import type { TerraformVariableValidationConfig } from 'cdktf';
import { notShown } from '../../engine/rules/problem.ts';
import { hcl, type Expression, type Term } from '../conditions/expression.ts';
import type { DocumentedInput } from '../inputs/documented-inputs.ts';
import { boundOf, passwordPattern, type InputCheck } from '../inputs/input-check.ts';

/**
 * What Terraform checks of a variable, from the table that TypeScript's inputs are checked by, and told in the same words.
 * @param value a reference to the variable.
 */
export function validationsOf(
  { name, type, check }: Pick<DocumentedInput, 'name' | 'type' | 'check'>,
  value: string,
): readonly TerraformVariableValidationConfig[] {
  if (check.kind === 'boolean' || check.kind === 'secret') return [];
  if (type !== 'list(string)') {
    return [
      refusal(
        suiting(check, value),
        hcl`format("%s is %s %s", ${name}, ${told(check, value)}, ${boundIn(check, value)})`,
      ),
    ];
  }
  const each = hcl`each`;
  const problem = hcl`format("%s[%d] is %s %s", ${name}, index, ${told(check, each)}, ${boundOf(check)})`;
  return [
    refusal(
      hcl`alltrue([for each in ${value} : ${suiting(check, each)}])`,
      hcl`join(${'\n'}, [for index, each in ${value} : ${problem} if !${suiting(check, each)}])`,
    ),
  ];
}

/** What is claimed of several inputs together, or of one that is none of the documented. */
export function claim(holds: Expression, name: Term, found: Term, bound: Term): TerraformVariableValidationConfig {
  return refusal(holds, hcl`format("%s is %s %s", ${name}, ${found}, ${bound})`);
}

function refusal(condition: Expression, message: Expression): TerraformVariableValidationConfig {
  return { condition: condition.toString(), errorMessage: message.toString() };
}

/** A value as it is told. */
export const shown = (value: Term): Expression => hcl`jsonencode(${value})`;

/** The same; an address with a password is not told. */
function told(check: InputCheck, value: Term): Expression {
  if (check.kind !== 'pattern' || check.mayHoldPassword !== true) return shown(value);
  return hcl`(can(regex(${passwordPattern}, ${value})) ? ${notShown} : ${shown(value)})`;
}

/** Whether one value suits: what `suits` says, in Terraform's language. */
function suiting(check: Exclude<InputCheck, { kind: 'boolean' | 'secret' }>, value: Term): Expression {
  switch (check.kind) {
    case 'pattern': {
      const matches = hcl`can(regex(${check.pattern}, ${value}))`;
      return check.longest === undefined ? matches : hcl`(${matches} && length(${value}) <= ${check.longest})`;
    }
    case 'one-of':
      return hcl`contains(${check.values}, ${value})`;
    case 'whole-number':
      return hcl`(floor(${value}) == ${value} && ${value} >= ${check.least} && ${value} <= ${check.most})`;
  }
}

/** The bound; a fraction is told that it must be whole. */
function boundIn(check: InputCheck, value: Term): Term {
  if (check.kind !== 'whole-number') return boundOf(check);
  return hcl`(floor(${value}) == ${value} ? ${boundOf(check, check.least)} : ${boundOf(check, 0.5)})`;
}
