import { createHash } from 'node:crypto';

import { z } from 'zod';

export const indexMediaType = 'application/vnd.oci.image.index.v1+json';
export const manifestMediaType = 'application/vnd.oci.image.manifest.v1+json';
export const configMediaType = 'application/vnd.oci.image.config.v1+json';
export const gzipLayerMediaType = 'application/vnd.oci.image.layer.v1.tar+gzip';
export const emptyMediaType = 'application/vnd.oci.empty.v1+json';
/** The annotation that carries a tag in a layout's index.json. */
export const tagAnnotation = 'org.opencontainers.image.ref.name';

const dockerManifestMediaType = 'application/vnd.docker.distribution.manifest.v2+json';
const dockerListMediaType = 'application/vnd.docker.distribution.manifest.list.v2+json';

export const digestSchema = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, 'must be a digest: sha256: and 64 hexadecimal digits');

/** Names content by digest. Fields unknown here are kept, because an index is written back. */
export const descriptorSchema = z.looseObject({
  mediaType: z.string().min(1),
  digest: digestSchema,
  /** Bytes. */
  size: z.int().nonnegative(),
  annotations: z.record(z.string(), z.string()).optional(),
  platform: z.looseObject({ os: z.string(), architecture: z.string() }).optional(),
});
export type Descriptor = z.infer<typeof descriptorSchema>;

export const imageIndexSchema = z.looseObject({
  schemaVersion: z.literal(2),
  mediaType: z.enum([indexMediaType, dockerListMediaType]).optional(),
  manifests: z.array(descriptorSchema),
  subject: descriptorSchema.optional(),
});
export type ImageIndex = z.infer<typeof imageIndexSchema>;

export const imageManifestSchema = z.looseObject({
  schemaVersion: z.literal(2),
  mediaType: z.enum([manifestMediaType, dockerManifestMediaType]).optional(),
  config: descriptorSchema,
  layers: z.array(descriptorSchema),
  artifactType: z.string().optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  subject: descriptorSchema.optional(),
});
export type ImageManifest = z.infer<typeof imageManifestSchema>;

const absentIsEmpty = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);

export const imageConfigSchema = z.looseObject({
  os: z.string(),
  architecture: z.string(),
  config: absentIsEmpty(
    z.looseObject({
      Entrypoint: absentIsEmpty(z.array(z.string())),
      Cmd: absentIsEmpty(z.array(z.string())),
      Env: absentIsEmpty(z.array(z.string())),
      Labels: absentIsEmpty(z.record(z.string(), z.string())),
      WorkingDir: absentIsEmpty(z.string()),
    }),
  ),
  rootfs: z.looseObject({ type: z.literal('layers'), diff_ids: z.array(digestSchema) }),
});
export type ImageConfig = z.infer<typeof imageConfigSchema>;

interface Raw {
  readonly digest: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
}

/** What a digest names in a repository: one image (or artifact), or a list of images. */
export type Manifest =
  | (Raw & { readonly kind: 'image'; readonly content: ImageManifest })
  | (Raw & { readonly kind: 'index'; readonly content: ImageIndex });

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** @throws when the bytes are no manifest; the message names the digest. */
export function parseManifest(bytes: Uint8Array): Manifest {
  const digest = digestOf(bytes);
  const document = parseJson(z.looseObject({}), bytes, `manifest ${digest}`);
  const raw = { digest, sizeBytes: bytes.byteLength };
  if ('manifests' in document && ('layers' in document || 'config' in document)) {
    // The same bytes would be two different things to two readers.
    throw new Error(`manifest ${digest} claims to be an image and an index at once. Build it again.`);
  }
  if ('manifests' in document) {
    const content = parseJson(imageIndexSchema, bytes, `manifest ${digest}`);
    return { ...raw, kind: 'index', mediaType: content.mediaType ?? indexMediaType, content };
  }
  const content = parseJson(imageManifestSchema, bytes, `manifest ${digest}`);
  return { ...raw, kind: 'image', mediaType: content.mediaType ?? manifestMediaType, content };
}

/** @param what names the document in the message of the error. */
export function parseJson<T>(schema: z.ZodType<T>, bytes: Uint8Array, what: string): T {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Error(`${what} is not JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const result = schema.safeParse(document);
  if (!result.success) throw new Error(`${what} is not as expected:\n${z.prettifyError(result.error)}`);
  return result.data;
}
