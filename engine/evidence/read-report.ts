import { createHash } from 'node:crypto';
import { decodeText } from './decode-text.ts';
import { EvidenceError } from './evidence-error.ts';
import { evidenceFactSchema, type EvidenceFact } from './evidence.ts';
import { evidenceFormats, reportReaders, type EvidenceFormat } from './formats.ts';
import { documentTypeRefusal } from './read-xml.ts';
import { recogniseFormat } from './recognise-format.ts';
import type { ReadingOptions } from './report-reader.ts';
import { storable } from '../workflow/storable.ts';

export interface ReportOptions extends ReadingOptions {
  /** Undefined: recognised by how the report begins. */
  readonly format: EvidenceFormat | undefined;
}

export interface Report {
  readonly format: EvidenceFormat;
  readonly facts: readonly EvidenceFact[];
  readonly collectedAt: Date | undefined;
  /** SHA-256 of its bytes, hexadecimal. */
  readonly sha256: string;
}

/** A document type with declarations of its own, before anything else of an XML document. */
const declaresEntities = /^\s*(?:<\?[^>]*\?>\s*|<!--[\s\S]*?-->\s*)*<!DOCTYPE[^>[]*\[/;

/** So much of a report is held back to see what it is. */
const beginningLength = 256 * 1024;

/** Reads a report of any format as a stream. @throws EvidenceError saying what is wrong with it and where */
export async function readReport(bytes: AsyncIterable<Uint8Array>, options: ReportOptions): Promise<Report> {
  const hash = createHash('sha256');
  const text = decodeText(hashed(bytes, hash), options.limits);
  const { beginning, all } = await lookAhead(text);
  const format = options.format ?? recogniseFormat(beginning);
  if (format === undefined) {
    // Whatever it is: in no format would it be read.
    if (declaresEntities.test(beginning)) throw new EvidenceError(documentTypeRefusal);
    throw new EvidenceError(
      `is in no format that is known by its beginning; say --format ${evidenceFormats.join('|')}`,
    );
  }
  const { facts, collectedAt } = await reportReaders[format](all, options);
  return {
    format,
    facts: facts.map((fact) => evidenceFactSchema.parse(storable(fact))),
    collectedAt,
    sha256: hash.digest('hex'),
  };
}

async function* hashed(
  bytes: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

/** Reads the beginning, to be looked at, and answers a stream that begins with it all the same. */
async function lookAhead(
  text: AsyncGenerator<string>,
): Promise<{ readonly beginning: string; readonly all: AsyncIterable<string> }> {
  let beginning = '';
  while (beginning.length < beginningLength) {
    const next = await text.next();
    if (next.done === true) break;
    beginning += next.value;
  }
  return { beginning, all: replay(beginning, text) };
}

async function* replay(beginning: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  if (beginning !== '') yield beginning;
  yield* rest;
}
