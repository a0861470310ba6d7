import { Readable } from 'node:stream';
import { EvidenceError } from '../../../engine/evidence/evidence-error.ts';
import type { EvidenceFact, EvidenceKind } from '../../../engine/evidence/evidence.ts';
import type { EvidenceFormat } from '../../../engine/evidence/formats.ts';
import { readReport, type Report } from '../../../engine/evidence/read-report.ts';
import { defaultReadingLimits, type ReadingLimits } from '../../../engine/evidence/reading-limits.ts';
import type { ReadingOptions } from '../../../engine/evidence/report-reader.ts';

export interface Given extends Partial<Pick<ReadingOptions, 'suite' | 'phase'>> {
  readonly format?: EvidenceFormat;
  readonly limits?: Partial<ReadingLimits>;
  /** How many bytes come at a time. Default: all at once. */
  readonly chunkBytes?: number;
}

/** Reads a report that a test has written. */
export function read(content: string | Uint8Array | object, given: Given = {}): Promise<Report> {
  const bytes = Buffer.from(
    typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
  );
  const { suite = 'unit', phase = 'before', format, limits, chunkBytes = bytes.length } = given;
  const chunks: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += chunkBytes) chunks.push(bytes.subarray(from, from + chunkBytes));
  return readReport(Readable.from(chunks), { suite, phase, format, limits: { ...defaultReadingLimits, ...limits } });
}

/** The only fact of a report, of the kind that the test expects. */
export async function factOf<Kind extends EvidenceKind>(
  kind: Kind,
  content: Parameters<typeof read>[0],
  given: Given = {},
): Promise<Extract<EvidenceFact, { kind: Kind }>> {
  const { facts } = await read(content, given);
  const [fact] = facts;
  if (facts.length !== 1 || fact?.kind !== kind) throw new Error(`expected one ${kind}, got ${JSON.stringify(facts)}`);
  return fact as Extract<EvidenceFact, { kind: Kind }>;
}

/** Why a report is refused. @throws when it is not, or by anything else than an EvidenceError */
export async function refusal(content: Parameters<typeof read>[0], given: Given = {}): Promise<string> {
  try {
    const { facts } = await read(content, given);
    throw new Error(`was read as ${JSON.stringify(facts)}`);
  } catch (error) {
    if (error instanceof EvidenceError) return error.message;
    throw error;
  }
}
