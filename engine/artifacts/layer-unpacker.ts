import type { Stats } from 'node:fs';
import { chmod, link, lstat, mkdir, open, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { extract, type Extract, type Header } from 'tar-stream';

import { isSystemError } from '../storage/system-error.ts';
import { describeBytes } from '../wording/format-bytes.ts';
import { causeText } from '../wording/cause-text.ts';

const whiteoutPrefix = '.wh.';
const opaqueWhiteout = '.wh..wh..opq';

/**
 * Applies the layers of an image to a folder, one after the other, and nothing outside it.
 *
 * A link may point only to inside: its target is relative, goes up only at its beginning, and no further than the
 * folder. The going up is counted from where the link lies in fact, not from the name it was given, so that a walk
 * through any number of links stays inside as well.
 */
export class LayerUnpacker {
  readonly #root: string;
  readonly #limitBytes: number;
  #writtenBytes = 0;

  private constructor(root: string, limitBytes: number) {
    this.#root = root;
    this.#limitBytes = limitBytes;
  }

  /** @param folder exists and is empty. */
  static async into(folder: string, limitBytes: number): Promise<LayerUnpacker> {
    return new LayerUnpacker(await realpath(folder), limitBytes);
  }

  /** @param name stands for the layer in errors. */
  async add(blob: Readable, decompressor: Duplex, name: string): Promise<void> {
    const archive = extract();
    const pumping = pipeline(blob, decompressor, archive);
    const unpacking = this.#unpack(archive).catch((error: unknown) => {
      archive.destroy();
      throw error;
    });
    const [unpacked, pumped] = await Promise.allSettled([unpacking, pumping]);
    for (const result of [unpacked, pumped]) {
      if (result.status === 'fulfilled') continue;
      const reason: unknown = result.reason;
      // The archive's complaint about being cut short is only a consequence of what broke the stream into it.
      const isConsequence = result === unpacked && isSystemError(reason, 'ERR_STREAM_PREMATURE_CLOSE');
      if (isConsequence && pumped.status === 'rejected') continue;
      const message = causeText(reason);
      throw new Error(`layer ${name} cannot be unpacked: ${message}`, { cause: reason });
    }
  }

  async #unpack(archive: Extract): Promise<void> {
    // Whiteouts hide what lower layers hold, never what their own layer brings.
    const own = new Set<string>();
    for await (const entry of archive) {
      await this.#apply(entry.header, entry, own);
      entry.resume();
    }
  }

  async #apply(header: Header, content: AsyncIterable<unknown>, own: Set<string>): Promise<void> {
    const parts = partsOf(header.name);
    const base = parts.pop();
    if (base === undefined) return;
    const parent = await this.#folder(parts, header.name);
    if (base.startsWith(whiteoutPrefix)) {
      await this.#whiteOut(parent, base, own);
      return;
    }
    const path = join(parent, base);
    for (let each = path; each !== this.#root; each = resolve(each, '..')) own.add(each);
    const existing = await lstatIfPresent(path);

    switch (header.type) {
      case 'directory':
        if (existing && !existing.isDirectory()) await rm(path);
        await mkdir(path, { recursive: true });
        // Its owner must be able to fill it and to delete it again; here it runs as nobody else.
        await chmod(path, 0o700);
        return;
      case 'file':
      case 'contiguous-file':
        await rm(path, { recursive: true, force: true });
        await this.#writeFile(path, content, header.mode);
        return;
      case 'symlink':
        this.#checkLink(parent, header);
        await rm(path, { recursive: true, force: true });
        await symlink(header.linkname, path);
        return;
      case 'link': {
        const target = await this.#linkedFile(header);
        if (target === path) return;
        await rm(path, { recursive: true, force: true });
        await link(target, path);
        return;
      }
      default:
        throw new Error(`${header.name} is a ${header.type}, which no application needs`);
    }
  }

  async #writeFile(path: string, content: AsyncIterable<unknown>, mode: number): Promise<void> {
    await using file = await open(path, 'wx', 0o600);
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      this.#writtenBytes += chunk.byteLength;
      if (this.#writtenBytes > this.#limitBytes) {
        throw new Error(`the image holds more than ${describeBytes(this.#limitBytes)} of files`);
      }
      await file.writeFile(chunk);
    }
    // What the image lets its owner do, and nobody else on this machine.
    await file.chmod((mode & 0o700) | 0o400);
    await file.sync();
  }

  /** The real folder behind a path of the image, its missing parts made. */
  async #folder(parts: readonly string[], name: string): Promise<string> {
    let folder = this.#root;
    for (const part of parts) {
      const next = join(folder, part);
      const found = await lstatIfPresent(next);
      if (!found) await mkdir(next);
      else if (found.isSymbolicLink()) {
        folder = await this.#realInside(next, name);
        continue;
      } else if (!found.isDirectory()) throw new Error(`${name} lies below a file`);
      folder = next;
    }
    return folder;
  }

  async #realInside(path: string, name: string): Promise<string> {
    const real = await realpath(path).catch((error: unknown) => {
      throw new Error(`${name} goes through a link to nowhere`, { cause: error });
    });
    if (!this.#isInside(real)) throw new Error(`${name} leaves the image`);
    if (!(await lstat(real)).isDirectory()) throw new Error(`${name} lies below a file`);
    return real;
  }

  #checkLink(parent: string, { name, linkname }: Header): void {
    const target = linkname;
    const parts = target.split('/').filter((part) => part !== '' && part !== '.');
    const up = parts.findIndex((part) => part !== '..');
    const goesUpLater = up !== -1 && parts.slice(up).includes('..');
    if (target === '' || isAbsolute(target) || goesUpLater || !this.#isInside(resolve(parent, target))) {
      throw new Error(`${name} is a link to ${JSON.stringify(target)}, which leaves the image`);
    }
  }

  async #linkedFile({ name, linkname }: Header): Promise<string> {
    const parts = partsOf(linkname);
    const base = parts.pop();
    if (base === undefined) throw new Error(`${name} is a hard link to nothing`);
    const path = join(await this.#folder(parts, name), base);
    const found = await lstatIfPresent(path);
    if (!found?.isFile()) throw new Error(`${name} is a hard link to ${linkname}, which is not a file of the image`);
    return path;
  }

  async #whiteOut(parent: string, base: string, own: ReadonlySet<string>): Promise<void> {
    if (base === opaqueWhiteout) {
      for (const name of await readdir(parent)) await this.#remove(join(parent, name), own);
      return;
    }
    const hidden = base.slice(whiteoutPrefix.length);
    // Names that begin with the prefix twice are notes of a storage driver.
    if (hidden.startsWith(whiteoutPrefix)) return;
    if (hidden === '' || hidden === '.' || hidden === '..')
      throw new Error(`${base} hides nothing that could be there`);
    await this.#remove(join(parent, hidden), own);
  }

  /** Deletes what lower layers brought, at and below a path. */
  async #remove(path: string, own: ReadonlySet<string>): Promise<void> {
    if (!own.has(path)) {
      await rm(path, { recursive: true, force: true });
      return;
    }
    const found = await lstatIfPresent(path);
    if (!found?.isDirectory()) return;
    for (const name of await readdir(path)) await this.#remove(join(path, name), own);
  }

  #isInside(path: string): boolean {
    const way = relative(this.#root, path);
    return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
  }
}

/** @throws when the name is absolute, goes up, or cannot be a file's. */
function partsOf(name: string): string[] {
  const parts = name.split('/').filter((part, index) => part !== '.' && (part !== '' || index === 0));
  const isHostile = parts.some((part) => part === '..' || part.includes('\0') || part.includes('\\'));
  if (name === '' || parts[0] === '' || isHostile) throw new Error(`${JSON.stringify(name)} leaves the image`);
  return parts;
}

async function lstatIfPresent(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}
