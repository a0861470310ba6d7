import { Token } from 'cdktf';
import type { Condition } from '../conditions/condition.ts';
import { hcl } from '../conditions/expression.ts';

/** A repository of Artifact Registry. */
export interface RegistryRepository {
  readonly location: string;
  readonly project: string;
  readonly repository: string;
}

/**
 * The repository of Artifact Registry that an image or a prefix of images is in; undefined for another registry, where
 * Google's IAM has nothing to grant. Terraform decides about an address that is known at apply only.
 * @param address `us-central1-docker.pkg.dev/shop-prod/images`, with or without an image behind it.
 */
export function registryRepository(
  address: string,
): { readonly place: RegistryRepository; readonly isThere: Condition } | undefined {
  if (Token.isUnresolved(address)) {
    const [location, project, repository] = [0, 1, 2].map((index) =>
      hcl`try(regex(${pattern}, ${address})[${index}], ${''})`.toString(),
    ) as [string, string, string];
    return { place: { location, project, repository }, isThere: hcl`can(regex(${pattern}, ${address}))` };
  }
  const [, location, project, repository] = new RegExp(pattern).exec(address) ?? [];
  if (location === undefined || project === undefined || repository === undefined) return undefined;
  return { place: { location, project, repository }, isThere: true };
}

/** In the common part of JavaScript and RE2. */
const pattern = '^([a-z0-9-]+)-docker\\.pkg\\.dev/([^/:@]+)/([^/:@]+)';
