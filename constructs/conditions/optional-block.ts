import type { Condition } from './condition.ts';

/** Marks a block that Terraform decides about, until `ModuleStack` writes it as a dynamic one. */
export const conditionOfBlock = '(only if)';

/** A block of a resource, as Terraform spells it, in a list that holds it only where a condition does. */
export function optionalBlock(condition: Condition, block: Readonly<Record<string, unknown>>): readonly unknown[] {
  if (typeof condition === 'boolean') return condition ? [block] : [];
  return [{ [conditionOfBlock]: condition, ...block }];
}
