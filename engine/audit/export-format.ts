import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { headEntrySchema } from './signed-heads.ts';

const at = z.iso.datetime();
/** As it was read, key for key: anything that a schema would leave out changes the hash. */
const object = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What an export was asked to hold; null: not limited. */
export const exportScopeSchema = z.strictObject({
  application: z.string().nullable(),
  environment: z.string().nullable(),
  since: at.nullable(),
  until: at.nullable(),
  hasCompliance: z.boolean(),
});
export type ExportScope = z.infer<typeof exportScopeSchema>;

/** Whether an export was to hold every chain that there is. */
export function isUnlimited({ application, environment, since, until }: ExportScope): boolean {
  return application === null && environment === null && since === null && until === null;
}

/** The lines of an export, one JSON document each, in this order: header, chains, manifests, heads, summary, end. */
export const exportLineSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('header'),
    format: z.literal(1),
    exportId: z.string(),
    at,
    by: z.string(),
    scope: exportScopeSchema,
  }),
  /** An entry of a chain; from it and the one before, its hash can be computed again. */
  z.strictObject({
    kind: z.literal('entry'),
    promotionId: z.string().min(1),
    seq: z.int(),
    at,
    type: z.string(),
    actor: object,
    data: object,
    previousHash: z.string(),
    hash: z.string(),
  }),
  /** The six groups of the image guide, of the promotion whose chain stands before it. */
  z.looseObject({ kind: z.literal('compliance'), promotionId: z.string() }),
  /** Which chains the export holds, and how far: signed when it was made. */
  z.strictObject({
    kind: z.literal('manifest'),
    exportId: z.string(),
    at,
    chains: z.array(headEntrySchema),
    keyId: z.string(),
    signature: z.base64(),
  }),
  /** A head or a checkpoint as it is kept outside the database. */
  z.strictObject({ kind: z.literal('head'), name: z.string(), content: z.unknown() }),
  z.looseObject({ kind: z.literal('summary') }),
  /** Counts, and the SHA-256 of every line before it: signed. */
  z.strictObject({
    kind: z.literal('end'),
    exportId: z.string(),
    lines: z.int().nonnegative(),
    chains: z.int().nonnegative(),
    entries: z.int().nonnegative(),
    sha256: hash,
    keyId: z.string(),
    signature: z.base64(),
  }),
]);
export type ExportLine = z.infer<typeof exportLineSchema>;
export type ExportManifest = Extract<ExportLine, { kind: 'manifest' }>;
export type ExportEnd = Extract<ExportLine, { kind: 'end' }>;
