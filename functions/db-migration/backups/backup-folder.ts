import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FunctionError } from '../function-error.ts';
import { filesOf, manifestSchema } from './manifest.ts';
import type { BackupFile, Manifest } from './manifest.ts';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const MANIFEST = 'manifest.json';

/** The id under which a keyed request stores its backup: the same request always finds the same one. */
export function backupIdOf(database: string, key: string): string {
  return `${database}-${createHash('sha256').update(`${database}\0${key}`).digest('hex').slice(0, 32)}`;
}

/** @throws FunctionError `not-configured` */
export function requireBackupsFolder(folder: string | undefined): string {
  if (folder !== undefined && folder !== '') return folder;
  throw new FunctionError('not-configured', 'BACKUPS_DIR is not set; it names the folder that backups are kept in.');
}

/**
 * A backup that is being written: files in a temporary folder, each flushed, and a rename that makes all of them
 * appear at once. A process that dies leaves a folder that no reader takes for a backup.
 */
export class BackupWriter {
  readonly #folder: string;
  readonly #id: string;
  readonly #temporary: string;

  constructor(folder: string, id: string) {
    this.#folder = folder;
    this.#id = id;
    this.#temporary = path.join(folder, `.partial-${id}`);
  }

  /** Begins with an empty folder; also removes what an earlier writer of the same id left behind. */
  async prepare(): Promise<void> {
    await this.discard();
    await mkdir(path.join(this.#temporary, 'data'), { recursive: true, mode: FOLDER_MODE });
  }

  /** Streams the content into a file; memory stays flat whatever its size. */
  async write(relativePath: string, content: Readable | Iterable<string>): Promise<BackupFile> {
    const hash = createHash('sha256');
    let bytes = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        bytes += chunk.length;
        done(null, chunk);
      },
    });
    const target = path.join(this.#temporary, relativePath);
    await pipeline(content, measure, createWriteStream(target, { mode: FILE_MODE, flush: true }));
    return { path: relativePath, bytes, sha256: hash.digest('hex') };
  }

  /** Makes the backup visible. */
  async publish(manifest: Manifest): Promise<void> {
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    await writeFile(path.join(this.#temporary, MANIFEST), text, { mode: FILE_MODE, flush: true });
    await flushFolder(path.join(this.#temporary, 'data'));
    await flushFolder(this.#temporary);
    await rename(this.#temporary, path.join(this.#folder, this.#id));
    await flushFolder(this.#folder);
  }

  async discard(): Promise<void> {
    await rm(this.#temporary, { recursive: true, force: true });
  }
}

/**
 * The manifest of a published backup, or undefined when there is none under this id.
 * @throws FunctionError `backup-damaged`
 */
export async function readManifest(folder: string, id: string): Promise<Manifest | undefined> {
  let text: string;
  try {
    text = await readFile(path.join(folder, id, MANIFEST), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const manifest = manifestSchema.safeParse(parseJson(text));
  if (!manifest.success || manifest.data.id !== id) {
    throw new FunctionError(
      'backup-damaged',
      `The manifest of backup ${id} cannot be read. Nothing was changed; choose another backup.`,
    );
  }
  return manifest.data;
}

/** @throws FunctionError `backup-damaged`, naming every file that is not what was written */
export async function verifyFiles(folder: string, manifest: Manifest): Promise<void> {
  const damaged: string[] = [];
  for (const file of filesOf(manifest)) {
    const hash = createHash('sha256');
    try {
      await pipeline(createReadStream(backupFile(folder, manifest, file)), hash);
    } catch {
      damaged.push(`${file.path} (unreadable)`);
      continue;
    }
    if (hash.digest('hex') !== file.sha256) damaged.push(`${file.path} (changed)`);
  }
  if (damaged.length === 0) return;
  throw new FunctionError(
    'backup-damaged',
    `Backup ${manifest.id} is damaged: ${damaged.join(', ')}. Nothing was changed; choose another backup.`,
  );
}

export function backupFile(folder: string, manifest: Manifest, file: BackupFile): string {
  return path.join(folder, manifest.id, file.path);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A rename survives a power failure only once the folder that holds the name is flushed. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
