import { z } from 'zod';

/** A type of Terraform's own type system: `"string"`, `["list", "string"]`, `["object", { … }]`. */
export type TerraformType =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', TerraformType]
  | readonly ['object', Readonly<Record<string, TerraformType>>];

const typeSchema: z.ZodType<TerraformType> = z.lazy(() =>
  z.union([
    z.enum(['string', 'number', 'bool', 'dynamic']),
    z.tuple([z.enum(['list', 'set', 'map']), typeSchema]),
    z.tuple([z.literal('object'), z.record(z.string(), typeSchema)]),
  ]),
);

const attributeSchema = z.object({
  type: typeSchema,
  required: z.boolean().optional(),
  optional: z.boolean().optional(),
  computed: z.boolean().optional(),
  sensitive: z.boolean().optional(),
  deprecated: z.boolean().optional(),
  write_only: z.boolean().optional(),
});
export type AttributeSchema = z.infer<typeof attributeSchema>;

export interface BlockSchema {
  readonly attributes?: Readonly<Record<string, AttributeSchema>> | undefined;
  readonly block_types?: Readonly<Record<string, NestedBlockSchema>> | undefined;
}
export interface NestedBlockSchema {
  readonly nesting_mode: 'single' | 'list' | 'set' | 'map' | 'group';
  readonly block: BlockSchema;
  readonly min_items?: number | undefined;
  readonly max_items?: number | undefined;
}

const blockSchema: z.ZodType<BlockSchema> = z.lazy(() =>
  z.object({
    attributes: z.record(z.string(), attributeSchema).optional(),
    block_types: z.record(z.string(), nestedBlockSchema).optional(),
  }),
);
const nestedBlockSchema: z.ZodType<NestedBlockSchema> = z.lazy(() =>
  z.object({
    nesting_mode: z.enum(['single', 'list', 'set', 'map', 'group']),
    block: blockSchema,
    min_items: z.number().optional(),
    max_items: z.number().optional(),
  }),
);

const versionedSchema = z.object({ version: z.number(), block: blockSchema });
export type VersionedSchema = z.infer<typeof versionedSchema>;

const providerSchema = z.object({
  provider: versionedSchema,
  resource_schemas: z.record(z.string(), versionedSchema).default({}),
  data_source_schemas: z.record(z.string(), versionedSchema).default({}),
});
export type ProviderSchema = z.infer<typeof providerSchema>;

/** What `terraform providers schema -json` prints, as far as the stand-in serves it. */
export const providerSchemasSchema = z.object({
  format_version: z.string(),
  provider_schemas: z.record(z.string(), providerSchema),
});
export type ProviderSchemas = z.infer<typeof providerSchemasSchema>;
