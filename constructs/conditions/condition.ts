import { Token, type IResolvable } from 'cdktf';
import { hcl } from './expression.ts';

/** A yes or no: known when the app is synthesised or, in an HCL module, decided by Terraform. */
export type Condition = boolean | IResolvable;

/** Properties of which Terraform may decide the booleans. */
export type Decidable<Props> = {
  readonly [Name in keyof Props]: [Extract<Props[Name], boolean>] extends [never]
    ? Props[Name]
    : Exclude<Props[Name], boolean> | Condition;
};

export function not(condition: Condition): Condition {
  return typeof condition === 'boolean' ? !condition : hcl`!(${condition})`;
}

export function both(one: Condition, other: Condition): Condition {
  if (typeof one === 'boolean') return one ? other : false;
  if (typeof other === 'boolean') return other ? one : false;
  return hcl`(${one} && ${other})`;
}

export function either(one: Condition, other: Condition): Condition {
  if (typeof one === 'boolean') return one ? true : other;
  if (typeof other === 'boolean') return other ? true : one;
  return hcl`(${one} || ${other})`;
}

/** Whether two texts are equal, of which one may be known at apply only. */
export function areEqual(one: string, other: string): Condition {
  return Token.isUnresolved(one) || Token.isUnresolved(other) ? hcl`(${one} == ${other})` : one === other;
}

/** Whether there is anything in a list. */
export function isEmpty(list: readonly unknown[]): Condition {
  return isTextList(list) && Token.isUnresolved(list) ? hcl`(length(${list}) == 0)` : list.length === 0;
}

const isTextList = (list: readonly unknown[]): list is readonly string[] => typeof list[0] === 'string';

/** One of two texts. */
export function chosen(condition: Condition, yes: string, no: string): string {
  if (typeof condition === 'boolean') return condition ? yes : no;
  return Token.asString(hcl`(${condition} ? ${yes} : ${no})`);
}
