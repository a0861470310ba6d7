import { join } from 'node:path';

const part = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const registryWithPort = /^[a-z0-9]+(?:[.-][a-z0-9]+)*:[0-9]{1,5}$/;
/** What a layout itself consists of; a repository of this name below another one would be inside it. */
const layoutNames: ReadonlySet<string> = new Set(['blobs', 'index.json', 'oci-layout']);

/**
 * The folder of a repository below a root of OCI image layouts: `registry/shop/api` is `<root>/registry/shop/api`.
 *
 * @throws when the name is not one the OCI distribution specification allows, or could leave the root.
 */
export function repositoryFolder(root: string, repository: string): string {
  const parts = repository.split('/');
  const isValid =
    repository.length <= 255 &&
    parts.every(
      (each, index) => (part.test(each) || (index === 0 && registryWithPort.test(each))) && !layoutNames.has(each),
    );
  if (!isValid) {
    throw new Error(
      `${JSON.stringify(repository)} is not a repository name. Use lower-case letters, digits, ".", "_" and "-", ` +
        `separated by "/", for example "dev/shop/api"; "blobs", "index.json" and "oci-layout" are taken.`,
    );
  }
  // A colon has no place in a file name on every system; a plus occurs in no repository name.
  return join(root, ...parts.map((each) => each.replace(':', '+')));
}
