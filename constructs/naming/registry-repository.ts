import { Token } from 'cdktf';

/** A repository of Artifact Registry. */
export interface RegistryRepository {
  readonly location: string;
  readonly project: string;
  readonly repository: string;
}

/**
 * The repository of Artifact Registry that an image or a prefix of images is in; undefined for another registry, where
 * Google's IAM has nothing to grant, and for what is known at apply only.
 * @param address `us-central1-docker.pkg.dev/shop-prod/images`, with or without an image behind it.
 */
export function registryRepository(address: string): RegistryRepository | undefined {
  if (Token.isUnresolved(address)) return undefined;
  const place = /^(?<location>[a-z0-9-]+)-docker\.pkg\.dev\/(?<project>[^/:@]+)\/(?<repository>[^/:@]+)/.exec(address);
  const { location, project, repository } = place?.groups ?? {};
  if (location === undefined || project === undefined || repository === undefined) return undefined;
  return { location, project, repository };
}
