import { reachFolder } from '../storage/reach-folder.ts';
import { type Effect, PreconditionFailedError } from '../workflow/fence.ts';
import type { ArtifactRegistry, ImageInspection, Referrer } from './artifact-registry.ts';
import { attachReferrer, referrersOf } from './oci-referrers.ts';
import { inspectImage } from './inspect-image.ts';
import { listed, OciLayout, tagged, tagOf, unlisted, untagged, withoutTag } from './oci-layout.ts';
import { type Descriptor, digestSchema, type ImageIndex, type Manifest } from './oci-manifest.ts';
import { repositoryFolder } from './repository-folder.ts';
import { type Companion, companionsOf, digestsToReplace, withCompanion } from './signatures/companions.ts';
import type { ImageSignature } from './signatures/image-signature.ts';
import { readSignatures } from './signatures/read-signatures.ts';

const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/** A registry on this machine's disk: one OCI image layout per repository, which any OCI tool can read. */
export class OciLayoutRegistry implements ArtifactRegistry {
  readonly #root: string;
  /** One layout per folder, because a fenced directory puts its operations in a row per instance. */
  readonly #layouts = new Map<string, OciLayout>();

  /** @param root the folder of all repositories; made by the first write. */
  constructor(root: string) {
    this.#root = root;
  }

  async resolve(repository: string, tag: string, _signal: AbortSignal): Promise<string | undefined> {
    const { index } = await this.#layout(repository).readIndex();
    return digestAt(index, checkedTag(tag));
  }

  async tags(repository: string, _signal: AbortSignal): Promise<readonly { tag: string; digest: string }[]> {
    const { index } = await this.#layout(repository).readIndex();
    return index.manifests.flatMap((entry) => {
      const tag = tagOf(entry);
      return tag === undefined ? [] : [{ tag, digest: entry.digest }];
    });
  }

  async has(repository: string, digest: string, signal: AbortSignal): Promise<boolean> {
    checkedDigest(digest);
    const layout = this.#layout(repository);
    const { index } = await layout.readIndex();
    if (index.manifests.some((entry) => entry.digest === digest)) return await layout.blobs.has(digest);
    for await (const { manifest } of layout.manifests(signal)) if (manifest.digest === digest) return true;
    return false;
  }

  async inspect(repository: string, digest: string, signal: AbortSignal): Promise<ImageInspection> {
    return await inspectImage(this.#layout(repository), checkedDigest(digest), signal);
  }

  async reach(
    repository: string,
    access: 'read' | 'write',
    _signal: AbortSignal,
  ): Promise<{ readonly freeBytes: number | undefined }> {
    const layout = this.#layout(repository);
    await layout.readIndex();
    return access === 'read' ? { freeBytes: undefined } : await reachFolder(layout.folder);
  }

  async declaredBytes(repository: string, digest: string, signal: AbortSignal): Promise<number> {
    return await declaredBytes(this.#layout(repository), checkedDigest(digest), signal);
  }

  async signatures(repository: string, digest: string, signal: AbortSignal): Promise<readonly ImageSignature[]> {
    return await readSignatures(this.#layout(repository), checkedDigest(digest), signal);
  }

  /**
   * Blobs come first and index.json last, so that a copy that was cut off is not there and is taken up where it ended.
   *
   * @throws BlobError when the source lacks a blob or holds a damaged one; CompanionConflictError; StaleFenceError
   */
  async copy(
    source: string,
    target: string,
    digest: string,
    effect: Effect,
  ): Promise<{ readonly copiedBytes: number }> {
    checkedDigest(digest);
    const [from, to] = [this.#layout(source), this.#layout(target)];
    const referrers = await referrersBySubject(from, effect.signal);
    // First of all: whoever lost its lease makes not even an empty layout.
    await to.directory.fence(effect);
    await to.create();

    const copied = new Set<string>();
    const entries: Descriptor[] = [];
    const companions: Companion[] = [];
    let copiedBytes = 0;
    const copyBlob = async (blob: Pick<Descriptor, 'digest' | 'size'>) => {
      if (copied.has(blob.digest)) return;
      copied.add(blob.digest);
      copiedBytes += await to.blobs.copyFrom(from.blobs, blob, effect.signal);
    };
    const copyManifest = async (manifest: Manifest): Promise<void> => {
      if (copied.has(manifest.digest)) return;
      effect.signal.throwIfAborted();
      for (const part of partsOf(manifest)) {
        if (part.isManifest) await copyManifest(await from.readManifest(part.blob.digest, effect.signal));
        else await copyBlob(part.blob);
      }
      await copyBlob({ digest: manifest.digest, size: manifest.sizeBytes });
      for (const referrer of referrers.get(manifest.digest) ?? []) {
        await copyManifest(referrer.manifest);
        entries.push(referrer.entry);
      }
      for (const { tag, manifest: fresh } of await companionsOf(from, manifest.digest, effect.signal)) {
        await copyManifest(fresh);
        const replaces = await digestsToReplace({ source, target }, to, tag, fresh, effect.signal);
        companions.push({ tag, entry: await entryOf(from, fresh), replaces });
      }
    };

    const root = await from.readManifest(digest, effect.signal);
    await copyManifest(root);
    entries.unshift(await entryOf(from, root));
    await to.updateIndex((index) => companions.reduce(withCompanion, listed(index, entries)), effect);
    return { copiedBytes };
  }

  async tag(
    repository: string,
    tag: string,
    digest: string,
    expected: string | undefined,
    effect: Effect,
  ): Promise<void> {
    checkedTag(tag);
    const layout = this.#layout(repository);
    const entry = await entryOf(layout, await layout.readManifest(checkedDigest(digest), effect.signal));
    await layout.updateIndex((index) => {
      const actual = digestAt(index, tag);
      // A tag that is there already was set by an attempt that was cut off afterwards.
      if (actual === digest) return index;
      if (actual !== expected) throw tagChanged(repository, tag, expected, actual);
      return tagged(index, tag, entry);
    }, effect);
  }

  async referrers(
    repository: string,
    digest: string,
    artifactType: string,
    signal: AbortSignal,
  ): Promise<readonly Referrer[]> {
    return await referrersOf(this.#layout(repository), checkedDigest(digest), artifactType, signal);
  }

  async attach(
    repository: string,
    digest: string,
    artifact: Omit<Referrer, 'digest'>,
    effect: Effect,
  ): Promise<string> {
    return await attachReferrer(this.#layout(repository), checkedDigest(digest), artifact, effect);
  }

  async detach(repository: string, referrer: string, effect: Effect): Promise<void> {
    checkedDigest(referrer);
    await this.#layout(repository).updateIndex((index) => unlisted(index, referrer), effect);
  }

  async untag(repository: string, tag: string, expected: string, effect: Effect): Promise<void> {
    checkedTag(tag);
    await this.#layout(repository).updateIndex((index) => {
      const actual = digestAt(index, tag);
      if (actual === undefined) return index;
      if (actual !== expected) throw tagChanged(repository, tag, expected, actual);
      return untagged(index, tag);
    }, effect);
  }

  async fence(repository: string, effect: Effect): Promise<void> {
    await this.#layout(repository).directory.fence(effect);
  }

  #layout(repository: string): OciLayout {
    const folder = repositoryFolder(this.#root, repository);
    const known = this.#layouts.get(folder) ?? new OciLayout(folder);
    this.#layouts.set(folder, known);
    return known;
  }
}

async function declaredBytes(layout: OciLayout, digest: string, signal: AbortSignal): Promise<number> {
  const manifest = await layout.readManifest(digest, signal);
  let bytes = manifest.sizeBytes;
  for (const { isManifest, blob } of partsOf(manifest)) {
    bytes += isManifest ? await declaredBytes(layout, blob.digest, signal) : blob.size;
  }
  return bytes;
}

function digestAt(index: ImageIndex, tag: string): string | undefined {
  return index.manifests.find((entry) => tagOf(entry) === tag)?.digest;
}

/** How index.json is to name a manifest: as it is named already, annotations and all, or from the manifest itself. */
async function entryOf(layout: OciLayout, manifest: Manifest): Promise<Descriptor> {
  const { index } = await layout.readIndex();
  const known = index.manifests.find(({ digest }) => digest === manifest.digest);
  if (known) return withoutTag(known);
  return { mediaType: manifest.mediaType, digest: manifest.digest, size: manifest.sizeBytes };
}

function partsOf(manifest: Manifest): readonly { readonly isManifest: boolean; readonly blob: Descriptor }[] {
  switch (manifest.kind) {
    case 'index':
      return manifest.content.manifests.map((blob) => ({ isManifest: true, blob }));
    case 'image':
      return [manifest.content.config, ...manifest.content.layers].map((blob) => ({ isManifest: false, blob }));
  }
}

/** Signatures, bills of materials and the like: manifests that name another as their subject, by its digest. */
async function referrersBySubject(layout: OciLayout, signal: AbortSignal) {
  const referrers = new Map<string, { readonly entry: Descriptor; readonly manifest: Manifest }[]>();
  for await (const { entry, manifest } of layout.manifests(signal)) {
    const subject = manifest.content.subject?.digest;
    if (subject === undefined) continue;
    const known = referrers.get(subject) ?? [];
    referrers.set(subject, [...known, { entry: withoutTag(entry), manifest }]);
  }
  return referrers;
}

function tagChanged(repository: string, tag: string, expected: string | undefined, actual: string | undefined) {
  return new PreconditionFailedError(`${repository}:${tag}`, expected ?? 'no such tag', actual ?? 'no such tag');
}

function checkedTag(tag: string): string {
  if (tagPattern.test(tag)) return tag;
  throw new Error(
    `${JSON.stringify(tag)} is not a tag. Use up to 128 letters, digits, "_", "." and "-", beginning with none of the last two.`,
  );
}

function checkedDigest(digest: string): string {
  const result = digestSchema.safeParse(digest);
  if (result.success) return result.data;
  throw new Error(`${JSON.stringify(digest)} is not a digest: sha256: and 64 hexadecimal digits.`);
}
