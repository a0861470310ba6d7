import { Aspects, TerraformResource, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { Condition } from './condition.ts';
import { hcl } from './expression.ts';

/**
 * Makes a part where a condition holds. Where Terraform decides, it is made, and each of its resources, whenever it is
 * added, is there once or not at all; `ModuleStack` writes what refers to them so that it then is null.
 */
export function partIf<Part extends IConstruct>(condition: Condition, make: () => Part): Part | undefined {
  if (condition === false) return undefined;
  const part = make();
  if (condition === true) return part;
  Aspects.of(part).add({
    visit: (node) => {
      if (node instanceof TerraformResource) onlyIf(node, condition);
    },
  });
  return part;
}

/** Has a single resource be there only where a condition holds. */
export function onlyIf<Resource extends TerraformResource>(resource: Resource, condition: Condition): Resource {
  if (typeof condition !== 'boolean') resource.count = Token.asNumber(hcl`(${condition} ? 1 : 0)`);
  return resource;
}
