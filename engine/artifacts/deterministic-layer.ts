import { posix } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';

import { pack, type Pack } from 'tar-stream';

export interface ImageFile {
  /** Relative to the image's root, with `/` between folders: `app/server.js`. */
  readonly path: string;
  readonly content: string | Uint8Array;
  /** Permissions; 0o644 unless said. */
  readonly mode?: number;
}

const epoch = new Date(0);

/**
 * The files as one layer. The same files give the same bytes on the same version of Node: order, times, owners and the
 * gzip header are fixed. Folders come into being with mode 755.
 *
 * @throws when a path is absolute, leaves the root, is there twice, or is a file and a folder at once.
 */
export async function deterministicLayer(
  files: readonly ImageFile[],
): Promise<{ readonly tar: Buffer; readonly compressed: Buffer }> {
  const byPath = new Map<string, ImageFile>();
  for (const file of files) {
    if (!isPlainPath(file.path)) {
      throw new Error(`${JSON.stringify(file.path)} is not a path in an image: relative, normalised, without "..".`);
    }
    if (byPath.has(file.path)) throw new Error(`${file.path} is given twice for one image.`);
    byPath.set(file.path, file);
  }
  const folders = new Set<string>();
  for (const path of byPath.keys()) {
    for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) {
      if (byPath.has(folder)) throw new Error(`${folder} is a file and a folder in one image.`);
      folders.add(folder);
    }
  }

  const archive = pack();
  const reading = buffer(archive);
  // By code units: a folder is a prefix of what is in it, and so comes first.
  for (const path of [...folders, ...byPath.keys()].toSorted(byCodeUnits)) {
    const file = byPath.get(path);
    const owner = { uid: 0, gid: 0, mtime: epoch };
    if (!file) {
      await addEntry(archive, { name: `${path}/`, type: 'directory', mode: 0o755, ...owner });
    } else {
      const content = Buffer.from(file.content);
      await addEntry(archive, { name: path, type: 'file', mode: file.mode ?? 0o644, ...owner }, content);
    }
  }
  archive.finalize();
  const tar = await reading;

  const compressed = gzipSync(tar, { level: 6 });
  // Bytes 4 to 7 are a time; byte 9 names the operating system, 255 being none.
  compressed.fill(0, 4, 8);
  compressed[9] = 255;
  return { tar, compressed };
}

function addEntry(archive: Pack, headers: Parameters<Pack['entry']>[0], content: Buffer = Buffer.alloc(0)) {
  return new Promise<void>((resolve, reject) => {
    archive.entry(headers, content, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

function isPlainPath(path: string): boolean {
  const parts = path.split('/');
  return !path.includes('\0') && parts.every((part) => part !== '' && part !== '.' && part !== '..');
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
