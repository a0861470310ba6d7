import { createHash } from 'node:crypto';
import { z } from 'zod';

/**
 * What the engine and the database-migration function say to each other: paths, bodies and error codes. The function
 * is deployed alone, so this file is the only thing both sides share (design, sections 2 and 7).
 */

const storableText = z
  .string()
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'must be valid Unicode without NUL characters');

/** A name under which the function finds a secret; never a host, never a URL. */
export const databaseNameSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,62}$/,
    'must be lower-case letters, digits and hyphens, at most 63, not beginning with a hyphen',
  );

/** A table as SQL knows it, without quotes: `orders`, or `billing.invoices` in a schema of its own. */
export const tableNameSchema = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_$]{0,62}(\.[A-Za-z_][A-Za-z0-9_$]{0,62})?$/,
    'must be a table such as orders or billing.invoices',
  );

const versionSchema = z.int().positive();
const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal');
const backupIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,127}$/, 'must be the id of a backup');

/** One migration as it travels; the engine's own type holds more. */
export const wireMigrationSchema = z.strictObject({
  version: versionSchema,
  name: storableText.min(1).max(200),
  kind: z.enum(['expand', 'contract']),
  /** false when its statements cannot run inside a transaction. */
  transactional: z.boolean(),
  up: storableText.min(1),
  down: storableText.optional(),
  /** What `migrationChecksum` answers for `up` and `down`; the function computes it again. */
  checksum: sha256Schema,
});
export type WireMigration = z.infer<typeof wireMigrationSchema>;

/** SHA-256, hexadecimal, over the up file, a NUL byte, and the down file (nothing when there is none). */
export function migrationChecksum(up: string, down: string | undefined): string {
  return createHash('sha256')
    .update(up)
    .update('\0')
    .update(down ?? '')
    .digest('hex');
}

const effectSchema = {
  /** The idempotency key: a call repeated under it answers what the first one did. */
  key: storableText.min(1).max(500),
  /** The caller's lease token; lower than the highest the database has seen is refused. */
  fence: z.int().nonnegative(),
};

const migrationsSchema = z.array(wireMigrationSchema).max(10_000);

export const planRequestSchema = z.strictObject({ migrations: migrationsSchema });
export const migrateRequestSchema = z.strictObject({ migrations: migrationsSchema, ...effectSchema });
export const revertRequestSchema = z.strictObject({ migrations: migrationsSchema, ...effectSchema });
export const fenceRequestSchema = z.strictObject(effectSchema);
export const backupRequestSchema = z.strictObject({ database: databaseNameSchema, ...effectSchema });
export const restoreRequestSchema = z.strictObject({
  database: databaseNameSchema,
  backupId: backupIdSchema,
  ...effectSchema,
});
export const discardRequestSchema = z.strictObject({ database: databaseNameSchema, backupId: backupIdSchema });
export const schemaRequestSchema = z.strictObject({ database: databaseNameSchema });
export const contentsRequestSchema = z.strictObject({ tables: z.array(tableNameSchema).min(1).max(200) });

export type PlanRequest = z.infer<typeof planRequestSchema>;
export type MigrateRequest = z.infer<typeof migrateRequestSchema>;
export type RevertRequest = z.infer<typeof revertRequestSchema>;
export type FenceRequest = z.infer<typeof fenceRequestSchema>;
export type BackupRequest = z.infer<typeof backupRequestSchema>;
export type RestoreRequest = z.infer<typeof restoreRequestSchema>;
export type DiscardRequest = z.infer<typeof discardRequestSchema>;
export type SchemaRequest = z.infer<typeof schemaRequestSchema>;
export type ContentsRequest = z.infer<typeof contentsRequestSchema>;

const kindSchema = z.enum(['expand', 'contract']);

export const stateResponseSchema = z.object({
  schemaVersion: z.int().nonnegative(),
  applied: z.array(
    z.object({
      version: versionSchema,
      name: z.string(),
      kind: kindSchema,
      checksum: sha256Schema,
      appliedAt: z.iso.datetime(),
    }),
  ),
  unfinished: z.array(versionSchema),
  schemaHash: sha256Schema,
});
export const planResponseSchema = z.object({
  pending: z.array(
    z.object({
      version: versionSchema,
      name: z.string(),
      kind: kindSchema,
      transactional: z.boolean(),
      statements: z.array(z.string()),
    }),
  ),
  checksumMismatches: z.array(versionSchema),
});
export const migrateResponseSchema = z.object({
  applied: z.array(versionSchema),
  /** The longest time, over the attempts of every migration, that a transaction waited for and held its locks. */
  longestLockMs: z.number().nonnegative(),
});
export const revertResponseSchema = z.object({ reverted: z.array(versionSchema) });
/** How far changes of a database have come, while another call makes them. */
export const progressResponseSchema = z.object({
  /** Wholly applied migrations. */
  applied: z.array(versionSchema),
  running: z
    .object({
      version: versionSchema,
      direction: z.enum(['up', 'down']),
      /** From 1. */
      statement: z.int().positive(),
      of: z.int().positive(),
      /** How long it has run. */
      seconds: z.number().nonnegative(),
      /** Whether it waits for somebody else's lock. */
      waitsForLock: z.boolean(),
      /** How much of the table an index that is being built has come through; null: it builds none. */
      indexPercent: z.number().nullable(),
    })
    .nullable(),
});
export const fenceResponseSchema = z.object({ highest: z.int().nonnegative() });
export const backupResponseSchema = z.object({
  id: backupIdSchema,
  takenAt: z.iso.datetime(),
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  tables: z.int().nonnegative(),
  schemaVersion: z.int().nonnegative(),
});
export const restoreResponseSchema = z.object({ rows: z.int().nonnegative() });
/** `discarded` is false when there was no such backup any more. */
export const discardResponseSchema = z.object({ discarded: z.boolean() });
/** What a backup would meet, found out without taking one. */
export const readinessResponseSchema = z.object({
  /** Size of the database on its server. */
  databaseBytes: z.number().nonnegative(),
  /** Space that is left where backups go. */
  freeBytes: z.number().nonnegative(),
});
export const schemaResponseSchema = z.object({ sql: z.string(), hash: sha256Schema });

export const extensionsResponseSchema = z.object({
  /** Those that the database has, and their versions there. */
  installed: z.array(z.object({ name: z.string(), version: z.string() })),
  /** Those that the server could install into it, the installed ones among them. */
  available: z.array(z.string()),
});

export const healthResponseSchema = z.object({
  /** Until there was a session, logging in included; then of the simplest query in it. */
  connectMs: z.number().nonnegative(),
  queryMs: z.number().nonnegative(),
  sizeBytes: z.int().nonnegative(),
  /** The highest applied migration; 0 when there is none. */
  schemaVersion: z.int().nonnegative(),
  /** Migrations that were started outside a transaction and have no recorded end. */
  unfinished: z.array(versionSchema),
  /** Equal for the same database under whatever name; absent when the server does not tell which one it is. */
  identity: sha256Schema.optional(),
  /** The application's own tables, partitioned ones as one. */
  tables: z.array(
    z.object({
      schema: z.string(),
      name: z.string(),
      columns: z.int().nonnegative(),
      hasPrimaryKey: z.boolean(),
      /** Whether it is found without naming its schema. */
      isInSearchPath: z.boolean(),
      /** Whether this login may read its rows, as a backup has to. */
      isReadable: z.boolean(),
    }),
  ),
});

/** What is in a table: equal rows in whatever order have the same checksum, however often each is there. */
const tableContentsSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('read'),
    table: z.string(),
    rows: z.int().nonnegative(),
    checksum: z.string().regex(/^[0-9a-f]{32}$/, 'must be 128 bits in hexadecimal'),
    /** The columns that the checksum is over, by name. */
    columns: z.array(z.string()),
  }),
  z.object({ kind: z.literal('missing'), table: z.string() }),
  z.object({ kind: z.literal('unreadable'), table: z.string(), why: z.string() }),
]);
export const contentsResponseSchema = z.object({ tables: z.array(tableContentsSchema) });

export type HealthResponse = z.infer<typeof healthResponseSchema>;
export type TableContents = z.infer<typeof tableContentsSchema>;
export type ContentsResponse = z.infer<typeof contentsResponseSchema>;
export type StateResponse = z.infer<typeof stateResponseSchema>;
export type ExtensionsResponse = z.infer<typeof extensionsResponseSchema>;
export type PlanResponse = z.infer<typeof planResponseSchema>;
export type MigrateResponse = z.infer<typeof migrateResponseSchema>;
export type RevertResponse = z.infer<typeof revertResponseSchema>;
export type ProgressResponse = z.infer<typeof progressResponseSchema>;
export type FenceResponse = z.infer<typeof fenceResponseSchema>;
export type BackupResponse = z.infer<typeof backupResponseSchema>;
export type RestoreResponse = z.infer<typeof restoreResponseSchema>;
export type DiscardResponse = z.infer<typeof discardResponseSchema>;
export type ReadinessResponse = z.infer<typeof readinessResponseSchema>;
export type SchemaResponse = z.infer<typeof schemaResponseSchema>;

/** Where each operation lives. `state`, `health`, `extensions`, `progress` and `readiness` are read with GET, everything else is a POST. */
export const databaseFunctionPaths = {
  state: (database: string) => `/databases/${encodeURIComponent(database)}/state`,
  health: (database: string) => `/databases/${encodeURIComponent(database)}/health`,
  contents: (database: string) => `/databases/${encodeURIComponent(database)}/contents`,
  extensions: (database: string) => `/databases/${encodeURIComponent(database)}/extensions`,
  readiness: (database: string) => `/databases/${encodeURIComponent(database)}/readiness`,
  progress: (database: string) => `/databases/${encodeURIComponent(database)}/progress`,
  plan: (database: string) => `/databases/${encodeURIComponent(database)}/plan`,
  migrations: (database: string) => `/databases/${encodeURIComponent(database)}/migrations`,
  reversions: (database: string) => `/databases/${encodeURIComponent(database)}/reversions`,
  fence: (database: string) => `/databases/${encodeURIComponent(database)}/fence`,
  backups: '/backups',
  discard: '/backups/discard',
  restore: '/restore',
  schema: '/schema',
} as const;

/** Bytes; a larger request body is refused. */
export const REQUEST_BODY_LIMIT_BYTES = 16 * 1024 * 1024;

/** Each refusal's HTTP status. 502 and 503 may succeed when repeated under the same key; the others will not. */
export const databaseFunctionErrorStatus = {
  'invalid-request': 400,
  unauthenticated: 401,
  'not-found': 404,
  'unknown-database': 404,
  'unknown-backup': 404,
  'method-not-allowed': 405,
  'stale-fence': 409,
  'key-reused': 409,
  'effect-undone': 409,
  'checksum-mismatch': 409,
  'out-of-order': 409,
  'unfinished-migration': 409,
  'backup-damaged': 409,
  'backup-refused': 409,
  'copy-refused': 409,
  'database-not-empty': 409,
  'schema-changed': 409,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'checksum-wrong': 422,
  'migration-refused': 422,
  'no-down': 422,
  'sql-failed': 422,
  internal: 500,
  'connection-failed': 502,
  'connection-lost': 502,
  'not-configured': 503,
  'storage-failed': 503,
  'database-busy': 503,
  'lock-timeout': 503,
} as const;
export type DatabaseFunctionErrorCode = keyof typeof databaseFunctionErrorStatus;

/** An RFC 9457 problem; members beyond the standard ones are present where they mean something. */
export const problemSchema = z.object({
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  /** With `stale-fence`: the highest fence that the database has seen. */
  highest: z.int().nonnegative().optional(),
  /** With errors that Postgres raised: its five-character code. */
  sqlState: z.string().optional(),
  /** With errors that Postgres raised: the statement that failed. */
  statement: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;
