import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { isSystemError } from '../storage/system-error.ts';
import { syncFolder } from '../storage/write-durably.ts';
import { type Descriptor, digestOf, digestSchema } from './oci-manifest.ts';
import { describeBytes } from '../wording/format-bytes.ts';

type Named = Pick<Descriptor, 'digest' | 'size'>;

const leftoverAgeMilliseconds = 24 * 60 * 60 * 1000;

/** A blob is absent, or its bytes are not those that its digest names. */
export class BlobError extends Error {
  override readonly name = 'BlobError';
  readonly digest: string;
  readonly problem: 'missing' | 'damaged';

  constructor(digest: string, problem: 'missing' | 'damaged', folder: string, detail: string) {
    super(`blob ${digest} is ${problem} in ${folder}: ${detail}`);
    this.digest = digest;
    this.problem = problem;
  }
}

/** The blobs of one OCI image layout. A blob is there whole or not at all; nothing is trusted without its digest. */
export class OciBlobStore {
  readonly #folder: string;
  readonly #blobs: string;
  readonly #incoming: string;

  /** @param folder the layout. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#blobs = join(folder, 'blobs', 'sha256');
    this.#incoming = join(folder, '.incoming');
  }

  /** Makes the folders and clears away what a process that died a day ago or more was about to write. */
  async prepare(): Promise<void> {
    await mkdir(this.#blobs, { recursive: true });
    await mkdir(this.#incoming, { recursive: true });
    for (const name of await readdir(this.#incoming)) {
      const path = join(this.#incoming, name);
      const age = await ageOf(path);
      if (age !== undefined && age > leftoverAgeMilliseconds) await rm(path, { force: true });
    }
  }

  /** @throws when it is no digest. */
  pathOf(digest: string): string {
    return join(this.#blobs, digestSchema.parse(digest).slice('sha256:'.length));
  }

  async has(digest: string): Promise<boolean> {
    try {
      return (await stat(this.pathOf(digest))).isFile();
    } catch (error) {
      if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return false;
      throw error;
    }
  }

  /**
   * A small blob in memory.
   *
   * @throws BlobError when it is missing, damaged, or larger than `limitBytes`.
   */
  async read(digest: string, limitBytes: number, signal?: AbortSignal): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    for await (const chunk of this.#stream(digest, signal)) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > limitBytes) {
        throw new BlobError(digest, 'damaged', this.#folder, `it is larger than ${describeBytes(limitBytes)}`);
      }
      chunks.push(chunk);
    }
    const content = Buffer.concat(chunks);
    const actual = digestOf(content);
    if (actual !== digest) throw new BlobError(digest, 'damaged', this.#folder, `its content is ${actual}`);
    return content;
  }

  /** Reads the whole blob and compares. @throws BlobError */
  async verify(blob: Named, signal?: AbortSignal): Promise<void> {
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const chunk of this.#stream(blob.digest, signal)) {
      hash.update(chunk);
      sizeBytes += chunk.byteLength;
    }
    this.#compare(blob, `sha256:${hash.digest('hex')}`, sizeBytes);
  }

  /** As verify, but answers. */
  async isIntact(blob: Named, signal?: AbortSignal): Promise<boolean> {
    try {
      await this.verify(blob, signal);
      return true;
    } catch (error) {
      if (error instanceof BlobError) return false;
      throw error;
    }
  }

  /** Stores content under its digest. */
  async add(content: Uint8Array): Promise<Named> {
    const blob = { digest: digestOf(content), size: content.byteLength };
    if (!(await this.isIntact(blob))) await this.#store(blob, [content]);
    return blob;
  }

  /**
   * Copies a blob from another layout, unless an intact one is here.
   *
   * @returns the bytes written.
   * @throws BlobError when the source's is missing or damaged; nothing is stored then.
   */
  async copyFrom(source: OciBlobStore, blob: Named, signal?: AbortSignal): Promise<number> {
    if (await this.isIntact(blob, signal)) return 0;
    await this.#store(blob, source.#stream(blob.digest, signal), source);
    return blob.size;
  }

  async #store(blob: Named, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, source?: OciBlobStore) {
    const temporary = join(this.#incoming, randomUUID());
    try {
      {
        await using file = await open(temporary, 'wx');
        const hash = createHash('sha256');
        let sizeBytes = 0;
        for await (const chunk of content) {
          hash.update(chunk);
          sizeBytes += chunk.byteLength;
          await file.writeFile(chunk);
        }
        (source ?? this).#compare(blob, `sha256:${hash.digest('hex')}`, sizeBytes);
        await file.sync();
      }
      await rename(temporary, this.pathOf(blob.digest));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(this.#blobs);
  }

  async *#stream(digest: string, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of createReadStream(this.pathOf(digest), { highWaterMark: 1 << 20, signal })) {
        yield Buffer.from(chunk as Uint8Array);
      }
    } catch (error) {
      if (isSystemError(error, 'ENOENT', 'ENOTDIR')) {
        throw new BlobError(digest, 'missing', this.#folder, 'there is no such file');
      }
      throw error;
    }
  }

  #compare(blob: Named, digest: string, sizeBytes: number): void {
    if (sizeBytes !== blob.size) {
      const detail = `it has ${String(sizeBytes)} bytes instead of ${String(blob.size)}`;
      throw new BlobError(blob.digest, 'damaged', this.#folder, detail);
    }
    if (digest !== blob.digest) throw new BlobError(blob.digest, 'damaged', this.#folder, `its content is ${digest}`);
  }
}

/** Milliseconds since the last change, or undefined when it is gone. */
async function ageOf(path: string): Promise<number | undefined> {
  try {
    return Date.now() - (await stat(path)).mtimeMs;
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}
