import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';

/**
 * Cuts what a build's configuration may say out of Google's API discovery document of Cloud Build.
 *
 * Usage: node __tests__/cloud-build/cut-build-schema.ts <cloudbuild.v1.json>
 */
const nodeSchema = z.looseObject({ $ref: z.string().optional(), readOnly: z.boolean().optional() });
const documentSchema = z.looseObject({ revision: z.string(), schemas: z.record(z.string(), z.unknown()) });

const prose = ['id', 'description', 'enumDescriptions', 'deprecated', 'enumDeprecated'];

const file = process.argv[2];
if (file === undefined) throw new Error('name the discovery document: node cut-build-schema.ts <cloudbuild.v1.json>');
const { revision, schemas } = documentSchema.parse(JSON.parse(await readFile(file, 'utf8')));

const definitions: Record<string, unknown> = {};
const include = (name: string): void => {
  if (name in definitions) return;
  definitions[name] = {};
  definitions[name] = cut(schemas[name]);
};

/** Without prose, and without what only the service says. */
function cut(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cut);
  const node = nodeSchema.safeParse(value);
  if (!node.success) return value;
  if (node.data.$ref !== undefined) {
    include(node.data.$ref);
    return { $ref: `#/definitions/${node.data.$ref}` };
  }
  const kept = Object.entries(node.data)
    // A property may be called like a keyword; then it is no text.
    .filter(([key, each]) => !prose.includes(key) || (typeof each === 'object' && !Array.isArray(each)))
    .filter(([, each]) => nodeSchema.safeParse(each).data?.readOnly !== true)
    .map(([key, each]) => [key, cut(each)] as const);
  const object = Object.fromEntries(kept);
  return 'properties' in object ? { ...object, additionalProperties: false } : object;
}

include('Build');
const schema = { $comment: `Cloud Build API v1, revision ${revision}`, $ref: '#/definitions/Build', definitions };
await writeFile(new URL('build.schema.json', import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
