import { z } from 'zod';
import { branchSchema, repositorySchema } from '../rules/repository-address.ts';
import type { Definition } from './definition.ts';

/** Another place for the target's configuration than the rules name, for one promotion. */
export const configurationPlaceSchema = z.strictObject({
  /** An address, or a path on this machine. Default: the rules'. */
  repository: repositorySchema.optional(),
  branch: branchSchema.optional(),
});
export type ConfigurationPlace = z.infer<typeof configurationPlaceSchema>;

/**
 * The definition with another place for the target's configuration: it is read there, and committed there. What the path
 * of the file is stays the rules', and so does everything else.
 */
export function withConfiguration(definition: Definition, { repository, branch }: ConfigurationPlace): Definition {
  const { target } = definition;
  const before = target.configuration;
  const configuration = {
    ...before,
    repository: repository ?? before.repository,
    branch: branch ?? before.branch,
    isRedirected: true,
  };
  const lock = (place: { readonly repository: string; readonly branch: string }): string =>
    `configuration:${place.repository}#${place.branch}`;
  return {
    ...definition,
    target: {
      ...target,
      configuration,
      resources: target.resources.map((resource) => (resource === lock(before) ? lock(configuration) : resource)),
    },
  };
}
