import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { providerSchemasSchema, type ProviderSchema } from '../provider/provider-schema.ts';
import { usedTypes } from './used-types.ts';

/**
 * Cuts the providers' real schemas to what the constructs and these tests use. Origin of both files: what
 * `terraform providers schema -json` prints for hashicorp/google 6.50.0 and hashicorp/kubernetes 2.38.0, without descriptions.
 * That of hashicorp/google-beta is google's own of the Cloud Run service, and what the source of google-beta 6.50.0 adds to it
 * that the constructs set.
 *
 * Usage: node __tests__/plan/schemas/cut-schemas.ts <google.schema.json> <kubernetes.schema.json>
 */
const root = `${import.meta.dirname}/../../..`;
const [google, kubernetes] = process.argv.slice(2);
if (google === undefined || kubernetes === undefined) {
  throw new Error('name both files: cut-schemas.ts <google.schema.json> <kubernetes.schema.json>');
}
const used = await usedTypes(root);
const cutSchemas: Record<string, ProviderSchema> = {};
for (const [name, file] of Object.entries({ google, kubernetes })) {
  const whole = providerSchemasSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const own = Object.entries(whole.provider_schemas).map(([address, schema]) => [address, cut(schema)] as const);
  await writeSchemas(name, Object.fromEntries(own));
  for (const [address, schema] of own) cutSchemas[address] = schema;
}
await writeSchemas('google-beta', {
  'registry.terraform.io/hashicorp/google-beta': withIap(cutSchemas['registry.terraform.io/hashicorp/google']),
});

function withIap(google: ProviderSchema | undefined): ProviderSchema {
  const service = google?.resource_schemas['google_cloud_run_v2_service'];
  if (google === undefined || service === undefined) throw new Error('google has no Cloud Run service in its schema');
  const attributes = { ...service.block.attributes, iap_enabled: { type: 'bool', optional: true } as const };
  return {
    provider: google.provider,
    resource_schemas: { google_cloud_run_v2_service: { ...service, block: { ...service.block, attributes } } },
    data_source_schemas: {},
  };
}

async function writeSchemas(name: string, provider_schemas: Readonly<Record<string, ProviderSchema>>): Promise<void> {
  const text = JSON.stringify({ format_version: '1.0', provider_schemas });
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
