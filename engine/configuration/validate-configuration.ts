import type { ReleaseContent } from '../release.ts';
import type { EnvironmentTarget } from '../workflow/definition.ts';
import type { ConfigurationRepository } from './configuration-repository.ts';
import { ConfigurationSchema } from './configuration-schema.ts';

/** The values that a promotion would commit are not what their schema allows. */
export class ConfigurationInvalidError extends Error {
  override readonly name = 'ConfigurationInvalidError';

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/**
 * Judges the values that an environment would have by the schema that the rules name. The schema is taken from the commit
 * that the values build on, so that both are of the same time.
 * @param brought what the release itself sets: whoever reads the answer has to know where to correct it.
 * @returns a line for each thing that is wrong, `<file>:<line>:<column>: <what>`; none where no schema is named.
 * @throws ConfigurationSchemaError when the schema cannot be used.
 */
export async function configurationProblems(
  configuration: Pick<ConfigurationRepository, 'read'>,
  { path, schema }: EnvironmentTarget['configuration'],
  base: string,
  values: string,
  brought: ReleaseContent['configuration'],
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (schema === undefined) return [];
  const text = await configuration.read(base, schema, signal);
  if (text === undefined) {
    return [`${schema}: the schema of ${path} is missing; commit it to the branch, or take it out of the rules`];
  }
  return ConfigurationSchema.parse(text, schema)
    .problemsOf(values)
    .map(({ path: setting, line, column, message }) => {
      const origin = Object.hasOwn(brought, setting) ? ' (the release sets it)' : '';
      return `${path}:${String(line)}:${String(column)}: ${message}${origin}`;
    });
}
