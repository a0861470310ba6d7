import type { Effect } from '../workflow/fence.ts';
import type { ImageSignature } from './signatures/image-signature.ts';

/** What a look at one image by digest says; everything in it was read, and each blob's digest was computed. */
export interface ImageInspection {
  readonly digest: string;
  readonly mediaType: string;
  /** Sum of manifest, configuration and layers. */
  readonly sizeBytes: number;
  readonly platforms: readonly { readonly os: string; readonly architecture: string }[];
  readonly layers: readonly { readonly digest: string; readonly sizeBytes: number; readonly isIntact: boolean }[];
  readonly labels: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
}

/** An artifact that names an image as its subject. */
export interface Referrer {
  readonly digest: string;
  readonly artifactType: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * A registry of OCI images. Repositories are addressed in full (`<registry>/<image>`), as rules name them; the adapter
 * decides what an address means (a folder holding an OCI image layout, or a distribution endpoint).
 */
export interface ArtifactRegistry {
  /** The digest a tag points at, or undefined when the repository has no such tag. */
  resolve(repository: string, tag: string, signal: AbortSignal): Promise<string | undefined>;
  /** Every tag with what it points at; none when there is no such repository. */
  tags(repository: string, signal: AbortSignal): Promise<readonly { readonly tag: string; readonly digest: string }[]>;
  has(repository: string, digest: string, signal: AbortSignal): Promise<boolean>;
  /**
   * Finds out whether a repository can be read or written, without changing anything.
   * @returns the space that is left for writing, where that can be told. @throws what reading or writing would fail with.
   */
  reach(
    repository: string,
    access: 'read' | 'write',
    signal: AbortSignal,
  ): Promise<{ readonly freeBytes: number | undefined }>;
  /** What the manifests of an image say that all of it takes; nothing of it is read. */
  declaredBytes(repository: string, digest: string, signal: AbortSignal): Promise<number>;
  /** @throws when the manifest is absent or cannot be read; a damaged layer is reported, not thrown. */
  inspect(repository: string, digest: string, signal: AbortSignal): Promise<ImageInspection>;
  /** What is kept beside an image as a signature of it, nothing of it verified; none when there is no such image. */
  signatures(repository: string, digest: string, signal: AbortSignal): Promise<readonly ImageSignature[]>;
  /**
   * Copies manifest, configuration, layers, referrers and what tools keep under tags that are made of the digest
   * (signatures, attestations, bills of materials); what is there already is not copied again.
   */
  copy(source: string, target: string, digest: string, effect: Effect): Promise<{ readonly copiedBytes: number }>;
  /**
   * Points a tag at a digest that the repository holds.
   * @param expected what the tag must point at now (undefined: it must not exist).
   * @throws PreconditionFailedError, StaleFenceError
   */
  tag(repository: string, tag: string, digest: string, expected: string | undefined, effect: Effect): Promise<void>;
  /** Artifacts of a kind that say something of an image: signatures, bills of materials, records of promotions. */
  referrers(
    repository: string,
    digest: string,
    artifactType: string,
    signal: AbortSignal,
  ): Promise<readonly Referrer[]>;
  /**
   * Puts an artifact without content beside an image that the repository holds; the image stays as it is.
   * @returns its digest. @throws StaleFenceError
   */
  attach(repository: string, digest: string, artifact: Omit<Referrer, 'digest'>, effect: Effect): Promise<string>;
  /** Takes an artifact from beside an image again; one that is not there is not. @throws StaleFenceError */
  detach(repository: string, referrer: string, effect: Effect): Promise<void>;
  /** Removes a tag that points at `expected`; the blobs stay. @throws PreconditionFailedError, StaleFenceError */
  untag(repository: string, tag: string, expected: string, effect: Effect): Promise<void>;
  /** Takes the repository's fence without changing anything else. @throws StaleFenceError */
  fence(repository: string, effect: Effect): Promise<void>;
}
