import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { isSystemError } from '../../storage/system-error.ts';

/** What a server says of itself in its data directory. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number | undefined;
  readonly isReady: boolean;
}

const wholeNumber = /^\d{1,10}$/;

/**
 * Undefined when there is no file; `damaged` when it names no process, as after a crash while it was written.
 */
export async function readPostmasterFile(dataDirectory: string): Promise<PostmasterFile | 'damaged' | undefined> {
  try {
    return parsePostmasterFile(await readFile(join(dataDirectory, 'postmaster.pid'), 'utf8'));
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** Lines: process, data directory, start, port, socket folder, address, shared memory, state. */
export function parsePostmasterFile(text: string): PostmasterFile | 'damaged' {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const [pid = '', , , port = ''] = lines;
  if (!wholeNumber.test(pid) || Number(pid) < 1) return 'damaged';
  const isPort = wholeNumber.test(port) && Number(port) >= 1 && Number(port) <= 65_535;
  return { pid: Number(pid), port: isPort ? Number(port) : undefined, isReady: lines[7] === 'ready' };
}

export async function removePostmasterFile(dataDirectory: string): Promise<void> {
  await rm(join(dataDirectory, 'postmaster.pid'), { force: true });
}
