import type { EvidenceFact } from './evidence.ts';
import type { ReadingLimits } from './reading-limits.ts';

/** What a report cannot say of itself. */
export interface ReadingOptions {
  /** Which tests a test report is of. */
  readonly suite: Extract<EvidenceFact, { kind: 'tests' }>['suite'];
  /** Whether load was put on before the deployment to the target, or on the target after it. */
  readonly phase: Extract<EvidenceFact, { kind: 'load' }>['phase'];
  readonly limits: ReadingLimits;
}

export interface ReadReport {
  readonly facts: readonly EvidenceFact[];
  /** When it was made, where the report says so with its time zone. */
  readonly collectedAt: Date | undefined;
}

/** Reads one format as a stream. @throws EvidenceError naming what is wrong and where */
export type ReportReader = (text: AsyncIterable<string>, options: ReadingOptions) => Promise<ReadReport>;

/** A moment as reports write it; undefined when it is none, or says no time zone and so could be anywhere in a day. */
export function zonedDate(text: unknown): Date | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/.test(text)) return undefined;
  const date = new Date(text);
  // The zero of Go's clock is written where a time is unknown.
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1990 ? undefined : date;
}

/** The later of two moments. */
export function later(one: Date | undefined, other: Date | undefined): Date | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}
