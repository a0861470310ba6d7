import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { providerSchemasSchema } from './provider/provider-schema.ts';
import { usedTypes } from './schemas/used-types.ts';
import { schemasFolder } from './terraform.ts';

const root = path.resolve(import.meta.dirname, '../..');
const served = async () => {
  const files = ['google', 'kubernetes'].map((name) => path.join(schemasFolder, `${name}.schema.json`));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const providers = texts.flatMap((text) =>
    Object.values(providerSchemasSchema.parse(JSON.parse(text)).provider_schemas),
  );
  return {
    resources: providers.flatMap(({ resource_schemas }) => Object.keys(resource_schemas)),
    dataSources: providers.flatMap(({ data_source_schemas }) => Object.keys(data_source_schemas)),
  };
};

describe('the schemas that the stand-in serves', () => {
  it('are there for everything that the constructs use; if not, cut them anew with schemas/cut-schemas.ts', async () => {
    const [used, have] = [await usedTypes(root), await served()];
    expect([...used.resources].filter((type) => !have.resources.includes(type))).toEqual([]);
    expect([...used.dataSources].filter((type) => !have.dataSources.includes(type))).toEqual([]);
    expect(used.resources.has('google_storage_bucket')).toBe(true);
    expect(used.dataSources.has('google_project')).toBe(true);
  });
});
