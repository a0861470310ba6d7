import { open, stat } from 'node:fs/promises';
import { mostBytes } from './document-limits.ts';
import { fileProblem } from './problem.ts';
import { readRulesDocument, tooLarge, type RulesDocument } from './rules-document.ts';
import { SourceText } from './source-text.ts';
import { causeText } from '../wording/cause-text.ts';

/**
 * Reads a file as a rules document. Whatever is wrong with the file is a problem of the result, never thrown.
 * @param path where it is.
 * @param file what problems call it.
 */
export async function readRulesFile(path: string, file = path): Promise<RulesDocument> {
  try {
    // Asked before opening: opening a pipe would wait for its other end.
    const about = await stat(path);
    if (about.isDirectory()) return refused(file, 'a file', 'a folder; name the file in it');
    if (!about.isFile()) return refused(file, 'a regular file', 'a device, pipe or socket');
    if (about.size > mostBytes) return withProblem(file, tooLarge(about.size, file));
    return readRulesDocument(await readAtMost(path, mostBytes + 1), file);
  } catch (error) {
    return refused(file, 'a rules file that can be read', reasonOf(error));
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

function refused(file: string, expected: string, found: string): RulesDocument {
  return withProblem(file, fileProblem(file, expected, found));
}

function withProblem(file: string, problem: RulesDocument['problems'][number]): RulesDocument {
  return { source: new SourceText('', file), tree: undefined, problems: [problem] };
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
      return causeText(error);
  }
}
