import { z } from 'zod';
import { flagStateSchema } from './rules/flag-state-schema.ts';

const digestSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'must be a digest: sha256: and 64 hexadecimal digits');
const nameSchema = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'must be a lower-case DNS label');

/** One versioned SQL migration; the same bytes run in every environment, which the checksum proves. */
export const migrationSchema = z.strictObject({
  /** Position in the order of migrations; 1 is the first. */
  version: z.int().positive(),
  name: z.string().min(1),
  /** expand suits the release that runs and the one that comes; contract removes what only older releases need. */
  kind: z.enum(['expand', 'contract']),
  /** false for files marked `-- no-transaction` (CREATE INDEX CONCURRENTLY and the like). */
  transactional: z.boolean(),
  up: z.string().min(1),
  down: z.string().optional(),
  /** Whether running `down` discards rows or values written since; such a migration is never undone by itself. */
  downLosesData: z.boolean(),
  /** SHA-256, hexadecimal, over the up and down files. */
  checksum: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Migration = z.infer<typeof migrationSchema>;

/** A feature flag's definition, which travels with a release; its state (on, percentage) belongs to the environment. */
export const flagDefinitionSchema = z.strictObject({
  key: z.string().min(1),
  description: z.string().default(''),
  /** What a new environment starts with. */
  defaultEnabled: z.boolean().default(false),
});
export type FlagDefinition = z.infer<typeof flagDefinitionSchema>;

const needed = <Name extends z.ZodType<string>>(name: Name) => z.array(name).default([]);

/** What must be there in an environment before a release may come; only names, never what is in them. */
export const releaseNeedsSchema = z.strictObject({
  /** Keys of the environment's values file, as dotted paths. */
  configuration: needed(
    z
      .string()
      .regex(/^[^.\s][^\s]*$/, 'must be a dotted path such as payments.url')
      .refine((path) => !/(^|[^\\])\.(\.|$)/.test(path), 'must not have an empty name between its dots'),
  ),
  secrets: needed(
    z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$/, 'must be the name of a secret, never its value'),
  ),
  /** Keys of feature flags. */
  flags: needed(z.string().min(1)),
  /** Names of Postgres extensions. */
  extensions: needed(z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/, 'must be the name of a Postgres extension')),
});
export type ReleaseNeeds = z.infer<typeof releaseNeedsSchema>;

/** The immutable content of a release: never a tag, always digests (design, section 4). */
export const releaseContentSchema = z.strictObject({
  /** One image per service that has code: service name → image name and digest. */
  images: z.array(z.strictObject({ service: nameSchema, image: z.string().min(1), digest: digestSchema })).min(1),
  /** Values that travel with the release, as dotted paths in each environment's values file. */
  configuration: z.record(z.string().min(1), z.union([z.string(), z.number(), z.boolean()])).default({}),
  database: z
    .strictObject({
      /** The schema versions this release runs on, both inclusive. */
      schemaRange: z.strictObject({ min: z.int().nonnegative(), max: z.int().nonnegative() }),
      migrations: z.array(migrationSchema),
    })
    .optional(),
  flags: z.array(flagDefinitionSchema).default([]),
  /** What it cannot run without, and does not bring itself. */
  needs: releaseNeedsSchema.optional(),
  /** States that the release sets wherever it comes; everything else of a flag's state is the environment's own. */
  flagStates: z.array(flagStateSchema).optional(),
  source: z
    .strictObject({ repository: z.string(), commit: z.string(), authors: z.array(z.string()).default([]) })
    .optional(),
});
export type ReleaseContent = z.infer<typeof releaseContentSchema>;

/** A release as stored. */
export interface Release {
  readonly id: string;
  readonly application: string;
  /** What people call it: `v2`, `2026.11.1`. Unique in its application. */
  readonly name: string;
  /** SHA-256 over the canonical JSON of the content, `sha256:…`. */
  readonly digest: string;
  readonly content: ReleaseContent;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly bad?: { readonly since: Date; readonly reason: string; readonly by: string };
}
