import { open, stat } from 'node:fs/promises';
import { mostBytes } from './document-limits.ts';
import { fileProblem, parseRules, tooLarge, type ParsedRules } from './parse-rules.ts';

/**
 * Reads and parses a rules file. Whatever is wrong with the file or in it is a problem of the result, never thrown.
 * @param path as the caller gave it, which is also how problems name it.
 */
export async function loadRules(path: string): Promise<ParsedRules> {
  try {
    // Asked before opening: opening a pipe would wait for its other end.
    const about = await stat(path);
    if (about.isDirectory()) return refused(path, 'a file', 'a folder; name the file in it');
    if (!about.isFile()) return refused(path, 'a regular file', 'a device, pipe or socket');
    if (about.size > mostBytes) return { ok: false, problems: [tooLarge(about.size, path)] };
    return parseRules(await readAtMost(path, mostBytes + 1), path);
  } catch (error) {
    return refused(path, 'a rules file that can be read', reasonOf(error));
  }
}

/** The file may have grown since its size was asked. */
async function readAtMost(path: string, most: number): Promise<Uint8Array> {
  await using file = await open(path, 'r');
  const bytes = new Uint8Array(most);
  let length = 0;
  while (length < most) {
    const { bytesRead } = await file.read(bytes, length, most - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

function refused(path: string, expected: string, found: string): ParsedRules {
  return { ok: false, problems: [fileProblem(path, expected, found)] };
}

function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
      return 'absent; create it from promotion/promotion-rules.yaml or one of examples/, or name another file';
    case 'ENOTDIR':
      return 'absent, because a part of its path is no folder';
    case 'EACCES':
    case 'EPERM':
      return 'not readable for this user; check its permissions';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
