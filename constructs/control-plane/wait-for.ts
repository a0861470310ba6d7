import { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';

/**
 * Has every resource of a part wait for others that it does not refer to. CDKTF makes nothing of `node.addDependency`.
 * @param part a resource, or a construct that holds some.
 */
export function waitFor(part: IConstruct, ...others: readonly TerraformResource[]): void {
  for (const resource of part.node.findAll()) {
    if (!(resource instanceof TerraformResource)) continue;
    const known = resource.dependsOn ?? [];
    const added = others.filter((other) => other !== resource).map(addressOf);
    resource.dependsOn = [...known, ...added.filter((each) => !known.includes(each))];
  }
}

/** Without the braces that a reference has elsewhere. */
const addressOf = ({ terraformResourceType, friendlyUniqueId }: TerraformResource): string =>
  `${terraformResourceType}.${friendlyUniqueId}`;
