import { BlobError } from '../oci-blob-store.ts';
import { type OciLayout, tagged, tagOf } from '../oci-layout.ts';
import type { Descriptor, ImageIndex, Manifest } from '../oci-manifest.ts';
import { companionTags } from './companion-tags.ts';

/** The same tag holds signatures on both sides that the other side has not; either choice would lose some. */
export class CompanionConflictError extends Error {
  override readonly name = 'CompanionConflictError';

  constructor(source: string, target: string, tag: string) {
    super(
      `${target}:${tag} holds what ${source}:${tag} has not, and lacks what that has. ` +
        `Bring them together in ${source} (cosign copy, then cosign sign), and promote again`,
    );
  }
}

/** Something that a tool keeps under a tag made of an image's digest, and what to do with it in another layout. */
export interface Companion {
  readonly tag: string;
  readonly entry: Descriptor;
  /** What the tag may point at in the target and gives way; anything else there stays. */
  readonly replaces: readonly string[];
}

/** What a layout keeps under the tags of a manifest. */
export async function companionsOf(
  layout: OciLayout,
  digest: string,
  signal: AbortSignal,
): Promise<readonly { readonly tag: string; readonly manifest: Manifest }[]> {
  const { index } = await layout.readIndex();
  const found: { readonly tag: string; readonly manifest: Manifest }[] = [];
  for (const tag of companionTags(digest)) {
    const entry = entryAt(index, tag);
    if (entry !== undefined) found.push({ tag, manifest: await layout.readManifest(entry.digest, signal) });
  }
  return found;
}

/**
 * Which of the target's digests give way to the source's: those that hold nothing which the source's lacks.
 * @param names of source and target, for the error.
 * @throws CompanionConflictError
 */
export async function digestsToReplace(
  names: { readonly source: string; readonly target: string },
  target: OciLayout,
  tag: string,
  fresh: Manifest,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { index } = await target.readIndex();
  const present = entryAt(index, tag);
  if (present === undefined || present.digest === fresh.digest) return [];
  const old = await manifestIfWhole(target, present.digest, signal);
  if (old === undefined) return [present.digest];
  const [oldParts, freshParts] = [partsOf(old), partsOf(fresh)];
  if (oldParts.every((part) => freshParts.includes(part))) return [present.digest];
  if (freshParts.every((part) => oldParts.includes(part))) return [];
  throw new CompanionConflictError(names.source, names.target, tag);
}

/** The index with a companion under its tag, unless the target's own is to stay. */
export function withCompanion(index: ImageIndex, { tag, entry, replaces }: Companion): ImageIndex {
  const present = entryAt(index, tag)?.digest;
  if (present === undefined || replaces.includes(present)) return tagged(index, tag, entry);
  return index;
}

function entryAt(index: ImageIndex, tag: string): Descriptor | undefined {
  return index.manifests.find((entry) => tagOf(entry) === tag);
}

async function manifestIfWhole(layout: OciLayout, digest: string, signal: AbortSignal): Promise<Manifest | undefined> {
  try {
    return await layout.readManifest(digest, signal);
  } catch (error) {
    if (error instanceof BlobError) return undefined;
    throw error;
  }
}

/** Two signatures by two keys are over the same payload, so that annotations count. */
function partsOf(manifest: Manifest): readonly string[] {
  const parts = manifest.kind === 'index' ? manifest.content.manifests : manifest.content.layers;
  return parts.map(({ digest, annotations }) =>
    JSON.stringify([digest, Object.entries(annotations ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))]),
  );
}
