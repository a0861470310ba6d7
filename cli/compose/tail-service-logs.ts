import { open, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isSystemError } from '../../engine/storage/system-error.ts';
import type { ServiceLogTail } from '../session.ts';

const mostBytes = 65_536;
const mostLines = 200;

/** The end of what each service of an environment printed. @param environmentFolder of the local platform. */
export async function tailServiceLogs(environmentFolder: string): Promise<readonly ServiceLogTail[]> {
  const folder = join(environmentFolder, 'logs');
  const files = (await namesIn(folder)).filter((name) => name.endsWith('.log')).toSorted();
  return Promise.all(
    files.map(async (file) => ({ service: basename(file, '.log'), lines: await lastLines(join(folder, file)) })),
  );
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return [];
    throw error;
  }
}

async function lastLines(path: string): Promise<readonly string[]> {
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  const from = Math.max(0, size - mostBytes);
  const { bytesRead, buffer } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
  const lines = buffer.subarray(0, bytesRead).toString('utf8').split('\n');
  // The first one begins somewhere within a line, unless it is the beginning.
  const whole = from === 0 ? lines : lines.slice(1);
  return whole.filter((line) => line !== '').slice(-mostLines);
}
