import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { isSystemError } from '../engine/storage/system-error.ts';
import { UsageError } from './usage-error.ts';
import { describeBytes } from '../engine/wording/format-bytes.ts';
import { causeText } from '../engine/wording/cause-text.ts';

/** More than this is no document that a person wrote. */
const mostBytes = 16 * 1024 * 1024;

/** The text of a file, or of standard input when it is called `-`. @throws UsageError naming the file. */
export async function readInput(file: string): Promise<string> {
  const bytes = await readBytes(file);
  if (!isUtf8(bytes)) throw new UsageError(`${file} is not UTF-8 text`);
  return bytes.toString('utf8');
}

/**
 * A file, or standard input when it is called `-`, to be read as a stream of any length. It is opened when it is read.
 * @throws UsageError naming the file, also while it is read.
 */
export async function openInput(
  file: string,
): Promise<{ readonly content: AsyncIterable<Uint8Array>; readonly writtenAt: Date | undefined }> {
  if (file === '-') return { content: bytesOf(file), writtenAt: undefined };
  try {
    const status = await stat(file);
    if (status.isDirectory()) throw new UsageError(`${file} is a folder`);
    // What is no file, such as a pipe of the shell, says when it was made and not when it was written.
    return { content: bytesOf(file), writtenAt: status.isFile() ? status.mtime : undefined };
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    const source = file === '-' ? process.stdin : createReadStream(file);
    for await (const chunk of source) yield chunk as Uint8Array;
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): UsageError {
  if (error instanceof UsageError) return error;
  const isAbsent = isSystemError(error, 'ENOENT');
  return new UsageError(isAbsent ? `there is no file ${file}` : `${file} cannot be read: ${causeText(error)}`);
}

async function readBytes(file: string): Promise<Buffer> {
  const source = file === '-' ? process.stdin : await openFile(file);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of source) {
      const part = Buffer.from(chunk as Uint8Array);
      bytes += part.byteLength;
      if (bytes > mostBytes) throw new UsageError(`${file} is larger than ${describeBytes(mostBytes)}`);
      chunks.push(part);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} cannot be read: ${causeText(error)}`);
  }
}

async function openFile(file: string) {
  try {
    return (await open(file, 'r')).createReadStream();
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** A JSON document from a file or standard input. @throws UsageError naming the file and what is wrong. */
export async function readJsonInput(file: string): Promise<unknown> {
  const text = await readInput(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${causeText(error)}`);
  }
}
