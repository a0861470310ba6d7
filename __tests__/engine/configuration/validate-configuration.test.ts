import { configurationProblems } from '../../../engine/configuration/validate-configuration.ts';

const place = {
  repository: 'configuration',
  branch: 'staging',
  path: 'staging/values.yaml',
};
const { signal } = new AbortController();

const judge = (values: string, text: string | undefined, schema: string | undefined = 'values.schema.json') =>
  configurationProblems(
    { read: async (commit, path) => (commit === 'base' && path === 'values.schema.json' ? text : undefined) },
    { ...place, schema: schema === '' ? undefined : schema },
    'base',
    values,
    { 'feature.limit': 12 },
    signal,
  );

describe('the values that a promotion would commit', () => {
  it('are judged by the schema of the commit that they build on, each fault with its file, line and column', async () => {
    const schema = '{"properties":{"feature":{"properties":{"limit":{"maximum":10},"mode":{"const":"safe"}}}}}';
    await expect(judge('feature:\n  limit: 12\n  mode: fast\n', schema)).resolves.toEqual([
      'staging/values.yaml:2:10: feature.limit must be <= 10, and is 12 (the release sets it)',
      'staging/values.yaml:3:9: feature.mode must be "safe", and is "fast"',
    ]);
  });

  it('may be anything where no schema is named, and nothing where the named one is missing or none', async () => {
    await expect(judge('a: 1\n', '{}', '')).resolves.toEqual([]);
    await expect(judge('a: 1\n', undefined)).resolves.toEqual([
      'values.schema.json: the schema of staging/values.yaml is missing; commit it to the branch, or take it out of the rules',
    ]);
    await expect(judge('a: 1\n', '[')).rejects.toThrow('values.schema.json');
  });
});
