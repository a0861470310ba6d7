import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { FencedDirectory } from '../storage/fenced-directory.ts';
import { writeDurably } from '../storage/write-durably.ts';
import { type Effect, PreconditionFailedError } from '../workflow/fence.ts';
import { BlobError, OciBlobStore } from './oci-blob-store.ts';
import {
  type Descriptor,
  type ImageIndex,
  imageIndexSchema,
  indexMediaType,
  type Manifest,
  parseJson,
  parseManifest,
  tagAnnotation,
} from './oci-manifest.ts';

/** The distribution specification's own bound for what a registry must accept. */
export const manifestLimitBytes = 4 * 1024 * 1024;

const layoutFile = 'oci-layout';
const indexFile = 'index.json';
const layoutSchema = z.looseObject({ imageLayoutVersion: z.string().regex(/^1\./, 'must be 1.x') });
const maximumAttempts = 10;

/** One repository: a folder in the form of the OCI image layout, whose index.json only the newest lease may change. */
export class OciLayout {
  readonly folder: string;
  readonly blobs: OciBlobStore;
  readonly directory: FencedDirectory;

  constructor(folder: string) {
    this.folder = folder;
    this.blobs = new OciBlobStore(folder);
    this.directory = new FencedDirectory(folder);
  }

  /** Makes the folder a layout, unless it is one. */
  async create(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await this.blobs.prepare();
    if ((await this.directory.read(layoutFile)) === undefined) {
      await writeDurably(join(this.folder, layoutFile), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
    }
  }

  /** An empty index when there is no such repository yet. */
  async readIndex(): Promise<{ readonly index: ImageIndex; readonly revision: string | undefined }> {
    const layout = await this.directory.read(layoutFile);
    if (layout) parseJson(layoutSchema, layout.content, join(this.folder, layoutFile));
    const found = await this.directory.read(indexFile);
    if (!found) {
      return { index: { schemaVersion: 2, mediaType: indexMediaType, manifests: [] }, revision: undefined };
    }
    return {
      index: parseJson(imageIndexSchema, found.content, join(this.folder, indexFile)),
      revision: found.revision,
    };
  }

  /**
   * Changes index.json.
   *
   * @param change gives the next index for the present one, or that very one for no change. Runs again when somebody
   *   else was faster; may throw.
   * @throws StaleFenceError; PreconditionFailedError when others were faster ten times in a row
   */
  async updateIndex(change: (index: ImageIndex) => ImageIndex, effect: Pick<Effect, 'fence'>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      // First of all: a worker that lost its lease must hear that, and not that somebody changed what it expected.
      await this.directory.fence(effect);
      const { index, revision } = await this.readIndex();
      const next = change(index);
      if (next === index) return;
      try {
        await this.directory.replace(indexFile, `${JSON.stringify(next, undefined, 2)}\n`, revision, effect);
        return;
      } catch (error) {
        if (!(error instanceof PreconditionFailedError) || attempt === maximumAttempts) throw error;
      }
    }
  }

  /** @throws BlobError when it is missing or damaged, Error when it is no manifest. */
  async readManifest(digest: string, signal?: AbortSignal): Promise<Manifest> {
    return parseManifest(await this.blobs.read(digest, manifestLimitBytes, signal));
  }

  /**
   * Everything index.json leads to, images inside image indexes included, each once. An index may name platforms that
   * were never copied here; those are passed over.
   */
  async *manifests(signal?: AbortSignal): AsyncGenerator<{ readonly entry: Descriptor; readonly manifest: Manifest }> {
    const { index } = await this.readIndex();
    const seen = new Set<string>();
    const waiting = [...index.manifests];
    for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
      if (seen.has(entry.digest)) continue;
      seen.add(entry.digest);
      const manifest = await this.#manifestIfPresent(entry.digest, signal);
      if (!manifest) continue;
      if (manifest.kind === 'index') waiting.push(...manifest.content.manifests);
      yield { entry, manifest };
    }
  }

  async #manifestIfPresent(digest: string, signal: AbortSignal | undefined): Promise<Manifest | undefined> {
    try {
      return await this.readManifest(digest, signal);
    } catch (error) {
      if (error instanceof BlobError && error.problem === 'missing') return undefined;
      throw error;
    }
  }
}

export function tagOf(entry: Descriptor): string | undefined {
  return entry.annotations?.[tagAnnotation];
}

/** The index with these manifests listed; what is listed already, under a tag or not, stays as it is. */
export function listed(index: ImageIndex, entries: readonly Descriptor[]): ImageIndex {
  const present = new Set(index.manifests.map(({ digest }) => digest));
  const missing = entries.filter(({ digest }) => !present.has(digest));
  return missing.length === 0 ? index : { ...index, manifests: [...index.manifests, ...missing] };
}

/** The index without a manifest, unless a tag points at it; its blobs stay, as garbage. */
export function unlisted(index: ImageIndex, digest: string): ImageIndex {
  const kept = index.manifests.filter((entry) => entry.digest !== digest || tagOf(entry) !== undefined);
  return kept.length === index.manifests.length ? index : { ...index, manifests: kept };
}

/** The index without a tag; what it pointed at stays listed, so that its blobs are not garbage. */
export function untagged(index: ImageIndex, tag: string): ImageIndex {
  const kept: Descriptor[] = [];
  const freed: Descriptor[] = [];
  for (const entry of index.manifests) {
    if (tagOf(entry) !== tag) kept.push(entry);
    else freed.push(withoutTag(entry));
  }
  return freed.length === 0 ? index : listed({ ...index, manifests: kept }, freed);
}

/** The index with the tag at this manifest and nowhere else. */
export function tagged(index: ImageIndex, tag: string, target: Descriptor): ImageIndex {
  const isBare = (entry: Descriptor) => entry.digest === target.digest && tagOf(entry) === undefined;
  const others = untagged(index, tag).manifests.filter((entry) => !isBare(entry));
  const entry = { ...target, annotations: { ...target.annotations, [tagAnnotation]: tag } };
  return { ...index, manifests: [...others, entry] };
}

export function withoutTag(entry: Descriptor): Descriptor {
  const { annotations, ...rest } = entry;
  const kept = Object.entries(annotations ?? {}).filter(([name]) => name !== tagAnnotation);
  return kept.length === 0 ? rest : { ...rest, annotations: Object.fromEntries(kept) };
}
