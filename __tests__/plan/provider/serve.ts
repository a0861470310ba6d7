import { readFile } from 'node:fs/promises';
import { providerSchemasSchema } from './provider-schema.ts';
import { serveSchemaProvider, type Reattach } from './schema-provider.ts';

/**
 * Serves every provider of the given schema files, prints the value for `TF_REATTACH_PROVIDERS`, and ends with whoever
 * started it.
 *
 * Usage: node serve.ts <schema.json> …
 */
const reattach: Record<string, Reattach> = {};
for (const file of process.argv.slice(2)) {
  const { provider_schemas } = providerSchemasSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  for (const [address, provider] of Object.entries(provider_schemas)) {
    reattach[address] = await serveSchemaProvider(provider);
  }
}
process.stdout.write(`${JSON.stringify(reattach)}\n`);
process.stdin.resume().once('close', () => {
  process.exit(0);
});
