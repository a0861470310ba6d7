import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { providerSchemasSchema, type ProviderSchema } from '../provider/provider-schema.ts';
import { usedTypes } from './used-types.ts';

/**
 * Cuts the providers' real schemas to what the constructs and these tests use. Origin of both files: what
 * `terraform providers schema -json` prints for hashicorp/google 6.50.0 and hashicorp/kubernetes 2.38.0, without descriptions.
 *
 * Usage: node __tests__/plan/schemas/cut-schemas.ts <google.schema.json> <kubernetes.schema.json>
 */
const root = `${import.meta.dirname}/../../..`;
const [google, kubernetes] = process.argv.slice(2);
if (google === undefined || kubernetes === undefined) {
  throw new Error('name both files: cut-schemas.ts <google.schema.json> <kubernetes.schema.json>');
}
const used = await usedTypes(root);
for (const [name, file] of Object.entries({ google, kubernetes })) {
  const whole = providerSchemasSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const provider_schemas = Object.fromEntries(
    Object.entries(whole.provider_schemas).map(([address, schema]) => [address, cut(schema)]),
  );
  const text = JSON.stringify({ format_version: whole.format_version, provider_schemas });
  await writeFile(
    `${import.meta.dirname}/${name}.schema.json`,
    await format(text, { parser: 'json', printWidth: 120 }),
  );
}

function cut({ provider, resource_schemas, data_source_schemas }: ProviderSchema): ProviderSchema {
  return {
    provider,
    resource_schemas: picked(resource_schemas, used.resources),
    data_source_schemas: picked(data_source_schemas, used.dataSources),
  };
}

function picked<Value>(all: Readonly<Record<string, Value>>, names: ReadonlySet<string>): Record<string, Value> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)));
}
